using System.ComponentModel.DataAnnotations;

namespace DdocCost.App.Ingest;

/// <summary>Limits of what is pushed to us. Configuration section <c>Ingest</c>.</summary>
public sealed class IngestOptions
{
    /// <summary>Largest body of a request, as it comes.</summary>
    /// <value>Default 10 MiB. From 64 KiB to 256 MiB.</value>
    [Range(64 * 1024, 256 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Largest body uncompressed; a small gzip may hold gigabytes.</summary>
    /// <value>Default 128 MiB. From 64 KiB to 4 GiB.</value>
    [Range(64 * 1024, 4L * 1024 * 1024 * 1024)]
    public long MaxPlainBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>Bodies held in memory at a time, with what is unpacked of them there, all requests and agents together; beyond it callers are asked to wait.</summary>
    /// <value>Default 256 MiB. From 1 MiB to 16 GiB; at least <see cref="MaxBodyBytes"/>.</value>
    [Range(1024 * 1024, 16L * 1024 * 1024 * 1024)]
    public long MaxConcurrentBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Deliveries of a tenant that wait to be scored; beyond it callers are asked to wait.</summary>
    /// <value>Default 100,000. From 1.</value>
    [Range(1, long.MaxValue)]
    public long MaxBacklog { get; set; } = 100_000;

    /// <summary>A body that is not here by then is given up.</summary>
    /// <value>Default 30 seconds. From 100 milliseconds to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the first of some deliveries waits for others, so that they share a transaction.</summary>
    /// <value>Default 5 milliseconds. From 0 to 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Gather { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How far the time of a signed request may be from ours; a signature is remembered for twice as long and refused when it comes again.</summary>
    /// <value>Default 5 minutes. From 10 seconds to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan ReplayWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Where agents connect without TLS (HTTP/2 in clear text, behind a proxy or on loopback), such as <c>http://127.0.0.1:8081</c>.</summary>
    /// <value>Default none: agents then come over HTTPS, where HTTP/2 needs no address of its own.</value>
    public string? AgentUrl { get; set; }

    /// <summary>Whether agents leave out what cannot cost money. Otherwise they send all, and all of it is archived here.</summary>
    /// <value>Default true.</value>
    public bool FilterAtAgents { get; set; } = true;

    /// <summary>Operations that agents send although they cannot cost money, such as <c>iam/CreateUser</c>: eventSource without <c>.amazonaws.com</c>, and eventName.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<string> AlsoForward { get; set; } = [];

    /// <summary>For tests only: a host and port, such as <c>127.0.0.1:1234</c>, that may stand for SNS and is asked without TLS.</summary>
    /// <value>Default none. Never set it in production: who answers there can sign as Amazon SNS.</value>
    public string? SnsTestHost { get; set; }
}
