using System.CommandLine;
using System.Text.Json;

namespace DdocCost.App.Commands.Asking;

/// <summary><c>cases</c>, <c>exposure</c>, <c>zombies</c>, <c>accounts</c>: ask a running instance over its API, with a token.</summary>
internal static class AskCommands
{
    private const int Refused = 1;

    private static readonly Option<string?> Url = new("--url") { Description = "Address of the instance. Where left out: $DDOC_URL, else http://localhost:8080." };
    private static readonly Option<FileInfo?> TokenFile = new("--token-file") { Description = "File that holds the token. Where left out: $DDOC_TOKEN. Never an argument: others on the machine could read it." };
    private static readonly Option<bool> AsJson = new("--json") { Description = "Prints the answer's rows as one JSON object a line instead of a table." };
    private static readonly Option<int> Limit = new("--limit") { Description = "Rows.", DefaultValueFactory = _ => 50 };
    private static readonly Option<string?> Account = new("--account") { Description = "Of this AWS account only." };

    /// <summary>All of them.</summary>
    public static IEnumerable<Command> Create()
    {
        var state = new Option<string?>("--state") { Description = "open (where left out), closed or all." };
        state.DefaultValueFactory = _ => "open";
        yield return Ask("cases", "Lists cases of a running instance: what was odd, who did it, what it costs.", "/api/v1/cases", CaseColumns, state, Account);
        var service = new Option<string?>("--service") { Description = "Of this service only." };
        var tag = new Option<string?>("--tag") { Description = "With this tag only: key or key=value." };
        yield return Ask("exposure", "Lists what runs now and what it costs.", "/api/v1/resources", ResourceColumns, Account, service, tag);
        yield return Ask("zombies", "Lists what costs money and does nothing.", "/api/v1/zombies", FindingColumns, Account);
        yield return Ask("accounts", "Lists connected accounts and how their sources do.", "/api/v1/accounts", AccountColumns);
    }

    private static readonly AskColumn[] CaseColumns =
        [new("when", "detectedAt"), new("severity", "severity"), new("USD/h", "usdPerHour", IsNumber: true), new("spent USD", "spentUsd", IsNumber: true), new("what", "title"), new("id", "id")];

    private static readonly AskColumn[] ResourceColumns =
        [new("since", "since"), new("USD/h", "usdPerHour", IsNumber: true), new("type", "resourceType"), new("size", "size"), new("resource", "resourceId"), new("region", "region"), new("account", "accountId"), new("started by", "startedBy", "name")];

    private static readonly AskColumn[] FindingColumns =
        [new("idle since", "idleSince"), new("USD/month", "usdPerMonth", IsNumber: true), new("state", "state"), new("what", "title"), new("resource", "resourceId"), new("account", "accountId"), new("made by", "creator")];

    private static readonly AskColumn[] AccountColumns =
        [new("account", "accountId"), new("name", "name"), new("owner", "owner"), new("regions", "regions"), new("sources", "sources", "state")];

    private static Command Ask(string name, string description, string path, IReadOnlyList<AskColumn> columns, params IReadOnlyList<Option<string?>> filters)
    {
        var command = new Command(name, description) { Url, TokenFile, AsJson, Limit };
        foreach (var filter in filters)
        {
            command.Add(filter);
        }

        command.SetAction(async (result, cancellationToken) =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            try
            {
                using var client = AskClient.Of(result.GetValue(Url), result.GetValue(TokenFile));
                var query = filters.Select(filter => (filter.Name[2..], result.GetValue(filter))).Where(pair => !string.IsNullOrEmpty(pair.Item2)).ToDictionary(pair => pair.Item1, pair => pair.Item2!);
                var rows = await client.ReadAsync(path, query, result.GetValue(Limit), cancellationToken);
                AskTable.Write(output, rows, columns, result.GetValue(AsJson));
                return 0;
            }
            catch (Exception e) when (e is AskException or HttpRequestException or JsonException or IOException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync($"{name}: {e.Message}");
                return Refused;
            }
        });
        return command;
    }
}

/// <summary>A column of a table.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Field">Of a row.</param>
/// <param name="Inner">Field of what stands there, or null.</param>
/// <param name="IsNumber">Right-aligned, with two digits.</param>
internal sealed record AskColumn(string Title, string Field, string? Inner = null, bool IsNumber = false);
