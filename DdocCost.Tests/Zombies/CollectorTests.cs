using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Zombies;
using DdocCost.Tests.Support;
using DdocCost.Tests.Support.AwsEmulator;

namespace DdocCost.Tests.Zombies;

/// <summary>Every collector, over the wire: answers of documented shape in pages (<c>collectors.answers.txt</c>) become the facts that stand beside them.</summary>
public sealed partial class CollectorTests(CollectorTests.Accounts accounts) : IClassFixture<CollectorTests.Accounts>
{
    private static readonly IReadOnlyList<Section> Sections = Section.ReadAll();

    public static TheoryData<string> Kinds => [.. Sections.Select(section => section.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Reads_what_AWS_documents_page_by_page(string kind)
    {
        var section = Sections.Single(one => one.Kind == kind);
        var account = accounts.New(section);

        var seen = await accounts.Host.CollectAsync(account, section.Region, CollectorCatalogue.All.Single(collector => collector.Kind.Name == kind).Kind);

        var last = seen.OrderBy(resource => resource.Id, StringComparer.Ordinal).Last();
        var fact = $"{(seen.Count == 3 ? "" : $"{seen.Count}: ")}{Line(last)}".Replace(account.Id, "$A", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("DDOC_RENEW") == "1")
            Section.Renew(kind, fact); // and then read it: it must be what the answers say
        Assert.Equal(section.Fact, fact);
        Assert.DoesNotContain("hunter2", JsonSerializer.Serialize(seen), StringComparison.Ordinal);
        Assert.All(seen, resource => Assert.Equal((account.Id, section.Region), (resource.AccountId, resource.Region)));
    }

    [Fact]
    public void Every_collector_is_among_them() =>
        Assert.Equal(CollectorCatalogue.All.Select(collector => collector.Kind.Name).Order(StringComparer.Ordinal), Sections.Select(section => section.Kind).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_answer_without_anything_in_it_or_with_things_unheard_of_is_no_error(string kind)
    {
        var section = Sections.Single(one => one.Kind == kind);
        var collector = CollectorCatalogue.All.Single(one => one.Kind.Name == kind).Kind;

        Assert.Empty(await accounts.Host.CollectAsync(accounts.Empty(section), section.Region, collector));
        // Words nobody has heard of, no times, no numbers: still there, and whatever was not told is not known.
        var strange = await accounts.Host.CollectAsync(accounts.New(section.Strange()), section.Region, collector);
        Assert.All(strange, resource => Assert.NotEmpty(resource.Id));
        Assert.All(strange, resource => Assert.Null(resource.Created));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_answer_that_is_none_is_never_nothing_found(string kind)
    {
        var section = Sections.Single(one => one.Kind == kind);
        var collector = CollectorCatalogue.All.Single(one => one.Kind.Name == kind).Kind;

        foreach (var nonsense in (string[])["{}", """{"message":"not implemented"}""", "<html><body>It works!</body></html>", "<Result/>", ""])
        {
            var error = await Record.ExceptionAsync(() => accounts.Host.CollectAsync(accounts.Confused(accounts.Empty(section), _ => true, nonsense), section.Region, collector));
            Assert.NotNull(Unanswered.Words(error ?? throw new InvalidOperationException($"{kind} took {nonsense} for an answer.")));
        }

        // What is listed is asked about: an answer that is none is a gap there, too. Keys that nobody remembers the use of are told of without it.
        foreach (var (call, _, _) in section.Answers.Where(one => one.List is null && one.Call != "kms:GetKeyLastUsage"))
        {
            var pattern = EmptyAnswers.Pattern(call);
            var error = await Record.ExceptionAsync(() => accounts.Host.CollectAsync(accounts.Confused(accounts.New(section), asked => pattern.IsMatch(asked.Name), "{}"), section.Region, collector));
            Assert.NotNull(Unanswered.Words(error ?? throw new InvalidOperationException($"{kind} took nonsense for an answer to {call}.")));
        }
    }

    private static string Line(Resource x)
    {
        var traits = JsonSerializer.SerializeToElement(x.Traits).EnumerateObject()
            .Where(trait => trait.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)).Select(trait => $"{trait.Name} {trait.Value}");
        var size = x.Size is null && x.Quantity == 1 ? null : string.Create(CultureInfo.InvariantCulture, $"{x.Quantity:0.##} × {x.Size ?? "unit"}");
        string?[] parts =
        [
            x.Id, x.Name, x.State, x.Created?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), size, Joined(traits),
            Joined(x.Facts.OrderBy(fact => fact.Key, StringComparer.Ordinal).Select(fact => $"{fact.Key} {Short(fact.Value)}")),
            Joined(x.Links.OrderBy(link => link.Key, StringComparer.Ordinal).Select(link => $"{link.Key} → {string.Join('+', link.Value)}")),
            x.Owner, x.Tags.Count > 0 ? $"tags {string.Join('+', x.Tags.Keys)}" : null,
        ];
        return string.Join(" | ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static string Short(string value) =>
        DateTimeOffset.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) : value;

    private static string Joined(IEnumerable<string> some) => string.Join(", ", some);

    /// <summary>One emulator for all, an account for each kind.</summary>
    public sealed class Accounts(PostgresServer postgres) : IAsyncLifetime
    {
        private readonly ConcurrentDictionary<string, (Func<EmulatedCall, bool> Call, string Answer)> _confused = [];
        private AwsEmulator _aws = null!;
        private int _number;

        internal HuntHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _aws = await AwsEmulator.StartAsync();
            _aws.Fault = call => _confused.TryGetValue(call.Account.Id, out var nonsense) && nonsense.Call(call) ? new StandInAnswer(200, nonsense.Answer, "text/plain") : null;
            Host = new HuntHost(await postgres.NewDatabaseAsync(), _aws, ("Aws:RequestsPerSecond", "1000"));
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await _aws.DisposeAsync();
        }

        internal EmulatedAccount Empty(Section section) => _aws.Add($"22223333{Interlocked.Increment(ref _number):0000}", section.Region);

        /// <summary>To some of its calls it answers, cheerfully, what is no answer.</summary>
        internal EmulatedAccount Confused(EmulatedAccount account, Func<EmulatedCall, bool> call, string answer)
        {
            _confused[account.Id] = (call, answer);
            return account;
        }

        internal EmulatedAccount New(Section section)
        {
            var account = Empty(section);
            foreach (var (call, list, answer) in section.Answers)
            {
                string[] numbers = call.Contains('#', StringComparison.Ordinal) || list is not null ? ["1", "2", "3"] : [""];
                foreach (var number in numbers)
                {
                    var text = Filled(answer.Replace("#", number, StringComparison.Ordinal), account);
                    _ = list is null
                        ? account.Answers(section.Region, call.Replace("#", number, StringComparison.Ordinal), asked => Hole().Replace(text, hole => asked.Asked(hole.Groups[1].Value) ?? hole.Value))
                        : account.Has(section.Region, call, list, text);
                }
            }

            return account;
        }

        private static string Filled(string text, EmulatedAccount account) => text
            .Replace("$A", account.Id, StringComparison.Ordinal).Replace("$I", "2024-01-05T10:00:00Z", StringComparison.Ordinal)
            .Replace("$T", "1704448800", StringComparison.Ordinal).Replace("$M", "1704448800000", StringComparison.Ordinal);
    }

    /// <summary>What stands of a kind in the file.</summary>
    internal sealed record Section(string Kind, string Region, IReadOnlyList<(string Call, string? List, string Answer)> Answers, string Fact)
    {
        private static readonly Lock renewing = new();

        public static IReadOnlyList<Section> ReadAll() =>
            [.. File.ReadAllText(Path.Combine(Folder(), "collectors.answers.txt")).ReplaceLineEndings("\n").Split("\n# ").Skip(1).Select(Read)];

        /// <summary>Writes a fact into the file, in place of what stood there.</summary>
        public static void Renew(string kind, string fact)
        {
            lock (renewing)
            {
                var path = Path.Combine(Folder(), "collectors.answers.txt");
                var sections = File.ReadAllText(path).Split("\n# ");
                var at = Array.FindIndex(sections, section => section.Split(' ', '\n')[0] == kind);
                sections[at] = string.Join('\n', sections[at].TrimEnd().Split('\n').Where(line => !line.StartsWith("= ", StringComparison.Ordinal))) + $"\n= {fact}\n";
                File.WriteAllText(path, string.Join("\n# ", sections));
            }
        }

        /// <summary>The same with states that nobody has heard of and times that are none.</summary>
        public Section Strange() => this with
        {
            Answers = [.. Answers.Select(one => (one.Call, one.List, Unheard().Replace(
                one.Answer.Replace("2024-01-05T10:00:00.000+0000", "soon", StringComparison.Ordinal).Replace("2024-01-05T10:00:00+0000", "soon", StringComparison.Ordinal)
                    .Replace("$I", "soon", StringComparison.Ordinal).Replace("$T", "null", StringComparison.Ordinal).Replace("$M", "null", StringComparison.Ordinal).Replace("1704449999", "null", StringComparison.Ordinal), "$1FLABBERGASTED$2")))],
        };

        private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

        private static Section Read(string text)
        {
            var lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
            var head = lines[0].Split(' ');
            var answers = new List<(string, string?, string)>();
            for (var i = 1; i < lines.Count; i++)
            {
                if (lines[i].StartsWith(">> ", StringComparison.Ordinal))
                    answers.Add((lines[i][3..], null, lines[++i]));
                else if (lines[i].StartsWith("> ", StringComparison.Ordinal))
                    answers.Add((lines[i][2..].Split(' ')[0], lines[i].Split(' ')[2], lines[++i]));
            }

            return new Section(head[0], head.Length > 1 ? head[1] : "eu-west-1", answers, lines.Find(line => line.StartsWith("= ", StringComparison.Ordinal))?[2..] ?? "");
        }
    }

    [GeneratedRegex("@([A-Za-z.0-9]+)@")]
    private static partial Regex Hole();

    [GeneratedRegex("""((?:"(?:state|State|status|Status|KeyState|StateValue|TableStatus|StreamStatus|DeploymentType|type|Type)":"|<(?:status|state|Status|Type)>))[A-Za-z_-]+("|<)""")]
    private static partial Regex Unheard();
}
