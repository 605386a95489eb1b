using System.Globalization;

namespace DdocCost.Agent;

/// <summary>What the agent is told: by a file, by the environment, and by its arguments, which win.</summary>
/// <remarks>A file has lines such as <c>source = s3://bucket/prefix</c>; blank lines and those beginning with # are passed over.</remarks>
internal sealed class AgentOptions
{
    private static readonly string[] Known = ["address", "token", "pin", "data", "name", "source", "spool-limit", "poll", "insecure", "forward-everything"];

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <summary>Where the application is, such as <c>https://cost.example.com</c>. Required.</summary>
    public Uri Address { get; private set; } = new("https://localhost");

    /// <summary>One-time token; needed once, until the agent has a credential of its own.</summary>
    public string? Token { get; private set; }

    /// <summary>SHA-256 of the server's public key, <c>sha256/…</c> in base64: only a server with this key is talked to. Null: any that the system trusts.</summary>
    public string? Pin { get; private set; }

    /// <summary>Folder of credential, spool and read positions.</summary>
    /// <value>Default <c>/var/lib/ddoc-agent</c>.</value>
    public string DataFolder { get; private set; } = "/var/lib/ddoc-agent";

    /// <summary>What to read: <c>folder:/path</c>, <c>s3://bucket/prefix</c>, <c>sqs:https://…</c>, <c>lookup:eu-west-1</c>.</summary>
    public IReadOnlyList<string> Sources { get; private set; } = [];

    /// <summary>How much may wait on disk. When it is full, sources wait; nothing that waits is dropped.</summary>
    /// <value>Default 2 GiB. From 1 MiB.</value>
    public long SpoolLimit { get; private set; } = 2L << 30;

    /// <summary>How often a source that is not told of news is looked at.</summary>
    /// <value>Default 5 seconds. From 10 milliseconds to 1 hour.</value>
    public TimeSpan Poll { get; private set; } = TimeSpan.FromSeconds(5);

    /// <summary>Sends every record, whatever the application's filter says.</summary>
    public bool ForwardEverything { get; private set; }

    /// <summary>Reads file, environment (<c>DDOC_AGENT_ADDRESS</c>, …; several sources by commas) and arguments (<c>--address=…</c>).</summary>
    /// <exception cref="FormatException">Something is not right; the message names all of it.</exception>
    public static AgentOptions Read(string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var options = new AgentOptions();
        var problems = new List<string>();
        var given = arguments.Select(argument => Pair(argument.TrimStart('-'), argument, problems)).ToList();
        var file = given.LastOrDefault(pair => pair.Name == "config").Value ?? environment.GetValueOrDefault("DDOC_AGENT_CONFIG");
        if (file is not null)
        {
            options.Take(File.ReadAllLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(line => Pair(line, line, problems)), problems);
        }

        options.Take(Known.SelectMany(name => environment.TryGetValue($"DDOC_AGENT_{name.ToUpperInvariant().Replace('-', '_')}", out var value)
            ? value.Split(name == "source" ? ',' : '\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => (name, one))
            : []), problems);
        options.Take(given.Where(pair => pair.Name != "config"), problems);
        options.Check(problems);
        return problems.Count == 0 ? options : throw new FormatException(string.Join('\n', problems));
    }

    private static (string Name, string Value) Pair(string text, string whole, List<string> problems)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            problems.Add($"'{whole}' is not of the form name=value.");
            return ("", "");
        }

        return (text[..equals].Trim(), text[(equals + 1)..].Trim());
    }

    /// <summary>Later values of a name win over those of an earlier place.</summary>
    private void Take(IEnumerable<(string Name, string Value)> pairs, List<string> problems)
    {
        foreach (var group in pairs.Where(pair => pair.Name.Length > 0).GroupBy(pair => pair.Name))
        {
            if (!Known.Contains(group.Key))
            {
                problems.Add($"'{group.Key}' is not known; known are {string.Join(", ", Known)}.");
            }

            _values[group.Key] = [.. group.Select(pair => pair.Value)];
        }
    }

    private void Check(List<string> problems)
    {
        var insecure = One("insecure") == "true";
        if (!Uri.TryCreate(One("address"), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            problems.Add("address: where is the application? Such as https://cost.example.com");
        }
        else if (address is { Scheme: "http", IsLoopback: false } && !insecure)
        {
            problems.Add("address: without TLS only on this machine. Use https, or set insecure = true where the network is yours alone.");
        }
        else
        {
            Address = address;
        }

        Token = One("token");
        Pin = One("pin");
        if (Pin is not null && (!Pin.StartsWith("sha256/", StringComparison.Ordinal) || Pin.Length != 51))
        {
            problems.Add("pin: sha256/ and 44 characters of base64.");
        }

        DataFolder = One("data") ?? DataFolder;
        Sources = _values.GetValueOrDefault("source") ?? [];
        ForwardEverything = One("forward-everything") == "true";
        SpoolLimit = Bytes(One("spool-limit"), problems) ?? SpoolLimit;
        if (One("poll") is { } poll)
        {
            if (double.TryParse(poll, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.01 and <= 3600)
            {
                Poll = TimeSpan.FromSeconds(seconds);
            }
            else
            {
                problems.Add("poll: seconds, from 0.01 to 3600.");
            }
        }
    }

    private string? One(string name) => _values.GetValueOrDefault(name) is [.., { Length: > 0 } last] ? last : null;

    private static long? Bytes(string? text, List<string> problems)
    {
        if (text is null)
        {
            return null;
        }

        var unit = text[^1] switch { 'k' or 'K' => 1L << 10, 'm' or 'M' => 1L << 20, 'g' or 'G' => 1L << 30, _ => 1L };
        if (long.TryParse(unit == 1 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number * unit >= 1 << 20)
        {
            return number * unit;
        }

        problems.Add("spool-limit: a number of bytes from 1M, such as 500M or 2G.");
        return null;
    }
}
