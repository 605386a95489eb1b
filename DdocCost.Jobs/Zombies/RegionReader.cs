using System.Globalization;
using System.Text.Json;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Zombies;

/// <summary>
/// What a collector asks AWS with: one account, one region, one kind of fact. It allows no call that the kind does not declare, so policies made
/// of the declarations suffice, and counts what is asked.
/// </summary>
internal sealed class RegionReader(AwsClient client, FactKind kind, HuntMeter meter, CancellationToken cancellationToken)
{
    /// <summary>The account.</summary>
    public string AccountId => client.AccountId;

    /// <summary>The region.</summary>
    public string Region => client.Region;

    /// <summary>Ends the collecting.</summary>
    public CancellationToken Stop => cancellationToken;

    /// <summary>A resource of the kind; null where it has no id.</summary>
    public Resource? Make(string? id, IReadOnlyDictionary<string, string>? tags = null) => id is null ? null : new Resource
    {
        Kind = kind.Name,
        PricedAs = kind.PricedAs == kind.Name ? null : kind.PricedAs,
        Id = id,
        AccountId = AccountId,
        Region = Region,
        Tags = tags ?? new Dictionary<string, string>(),
        Owner = tags is null ? null : Owners.Of(tags),
    };

    /// <summary>One answer.</summary>
    /// <param name="call"><c>service:Operation</c>.</param>
    /// <param name="has">A member without which it is no answer; null where there is none such.</param>
    /// <param name="input">Its input with AWS's own names; of REST also what the path has holes for.</param>
    /// <exception cref="AnswerWithoutException">It lacks what it must have.</exception>
    public async Task<Wire> AskAsync(string call, string? has, params (string Name, object Value)[] input)
    {
        var answer = await AskAsync(Declared(call), input, token: null);
        if (has is not null)
            Expect(call, answer, has);
        return answer;
    }

    /// <summary>The member of an answer that it is asked for.</summary>
    /// <param name="call"><c>service:Operation</c>.</param>
    /// <param name="member">Member.</param>
    /// <param name="input">Its input.</param>
    /// <exception cref="AnswerWithoutException">It lacks the member.</exception>
    public async Task<Wire> PartAsync(string call, string member, params (string Name, object Value)[] input) => (await AskAsync(call, member, input))[member];

    /// <summary>The entries of a list over all pages.</summary>
    /// <param name="call"><c>service:Operation</c>.</param>
    /// <param name="list">The list's member.</param>
    /// <param name="input">Its input.</param>
    /// <exception cref="AnswerWithoutException">A page lacks the list.</exception>
    public async IAsyncEnumerable<Wire> Items(string call, string list, params (string Name, object Value)[] input)
    {
        await foreach (var page in Pages(call, input))
        {
            foreach (var item in Expect(call, page, list).All)
                yield return item;
        }
    }

    /// <summary>All pages of an answer.</summary>
    public async IAsyncEnumerable<Wire> Pages(string call, params (string Name, object Value)[] input)
    {
        var operation = Declared(call);
        string? token = null;
        while (true)
        {
            var page = await AskAsync(operation, input, token);
            yield return page;
            var before = token;
            token = operation.Operation.Paging is { } paging ? page.Text(paging.ResponseToken) : null;
            // A token that does not move would page for ever.
            if (token is null || token == before)
                yield break;
        }
    }

    /// <summary>
    /// A member that AWS always sends, with nothing in it where there is nothing. An answer without it comes from somebody who does not know the
    /// call (an emulator, a proxy), and does not say that nothing is there.
    /// </summary>
    /// <param name="call"><c>service:Operation</c>.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="names">What the member may be called.</param>
    /// <exception cref="AnswerWithoutException">It is not there.</exception>
    public static Wire Expect(string call, Wire answer, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (answer.Has(name))
                return answer[name];
        }

        throw new AnswerWithoutException(call, names[0]);
    }

    /// <summary>An answer of S3 about a bucket.</summary>
    /// <param name="call"><c>s3:Operation</c>.</param>
    /// <param name="root">What the answer's root is called.</param>
    /// <param name="bucket">Bucket.</param>
    /// <exception cref="AnswerWithoutException">The root is another.</exception>
    public async Task<Wire> BucketAsync(string call, string root, string bucket)
    {
        var operation = Declared(call);
        meter.Count(call);
        var answer = await client.BucketAsync(operation.Operation, bucket, operation.Path, AwsCaller.ReadXmlAsync, cancellationToken);
        return answer.Name.LocalName == root ? new Wire(answer) : throw new AnswerWithoutException(call, root);
    }

    private HuntOperation Declared(string call) => kind.Calls.Contains(ApiCall.Parse(call))
        ? HuntOperations.Find(call)
        : throw new InvalidOperationException($"{kind.Name} does not declare {call}.");

    private async Task<Wire> AskAsync(HuntOperation operation, (string Name, object Value)[] input, string? token)
    {
        meter.Count(operation.Call);
        var paging = operation.Operation.Paging;
        (string Name, object Value)[] all = token is null ? input : [.. input.Where(pair => pair.Name != paging!.RequestToken), (paging!.RequestToken, token)];
        return operation.Operation.Service.Protocol switch
        {
            AwsProtocol.Ec2Query => new Wire(await client.QueryAsync(operation.Operation, Form(all, ""), cancellationToken)),
            AwsProtocol.Query => new Wire(await client.QueryAsync(operation.Operation, Form(all, ".member"), cancellationToken)),
            AwsProtocol.RestJson => new Wire(await RestJsonAsync(operation, all)),
            AwsProtocol.RestXml => new Wire(await client.RestXmlAsync(operation.Operation, Address(operation, all, out _), cancellationToken)),
            _ => new Wire(await client.JsonAsync(operation.Operation, all.ToDictionary(pair => pair.Name, pair => pair.Value), cancellationToken)),
        };
    }

    private Task<JsonElement> RestJsonAsync(HuntOperation operation, (string Name, object Value)[] input)
    {
        if (operation.Operation.Method == HttpMethod.Get)
            return client.RestJsonAsync(operation.Operation, Address(operation, input, out _), input: null, cancellationToken);
        var path = Address(operation, input, out var rest, toQuery: false);
        return client.RestJsonAsync(operation.Operation, path, rest.ToDictionary(pair => pair.Name, pair => pair.Value), cancellationToken);
    }

    private static string Address(HuntOperation operation, (string Name, object Value)[] input, out List<(string Name, object Value)> rest, bool toQuery = true)
    {
        var path = operation.Path;
        rest = [];
        foreach (var (name, value) in input)
        {
            if (path.Contains($"{{{name}}}", StringComparison.Ordinal))
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(Written(value)), StringComparison.Ordinal);
            else
                rest.Add((name, value));
        }

        return toQuery && rest.Count > 0
            ? path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + string.Join('&', rest.Select(pair => $"{pair.Name}={Uri.EscapeDataString(Written(pair.Value))}"))
            : path;
    }

    private static IEnumerable<KeyValuePair<string, string>> Form((string Name, object Value)[] input, string list)
    {
        foreach (var (name, value) in input)
        {
            if (value is not string && value is IEnumerable<string> many)
            {
                foreach (var (one, i) in many.Select((one, i) => (one, i)))
                    yield return new(string.Create(CultureInfo.InvariantCulture, $"{name}{list}.{i + 1}"), one);
            }
            else
            {
                yield return new(name, Written(value));
            }
        }
    }

    private static string Written(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
