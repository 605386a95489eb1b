namespace DdocCost.App.Health;

/// <summary>How the parts of the instance do.</summary>
/// <param name="Parts">One line each.</param>
/// <param name="Servers">Job servers that reported lately.</param>
/// <param name="Versions">Name and version.</param>
public sealed record SystemView(IReadOnlyList<SystemPart> Parts, IReadOnlyList<JobServer> Servers, IReadOnlyList<KeyValuePair<string, string>> Versions);

/// <summary>A part of the instance.</summary>
/// <param name="Name">What.</param>
/// <param name="IsWell">Whether it does what it should.</param>
/// <param name="Says">One sentence.</param>
public sealed record SystemPart(string Name, bool IsWell, string Says);

/// <summary>A job server.</summary>
/// <param name="Name">Host and process.</param>
/// <param name="Queues">What it serves.</param>
/// <param name="Heartbeat">When it last reported, UTC.</param>
public sealed record JobServer(string Name, IReadOnlyList<string> Queues, DateTimeOffset? Heartbeat);
