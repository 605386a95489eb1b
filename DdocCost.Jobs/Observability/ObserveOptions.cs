namespace DdocCost.Jobs.Observability;

/// <summary>Where a process can be watched. Configuration section <c>Observe</c>; the OTLP exporter is set by OpenTelemetry's own variables.</summary>
public sealed class ObserveOptions
{
    /// <summary>
    /// An address for inside only, such as <c>http://0.0.0.0:9464</c>: <c>/metrics</c> for Prometheus, <c>/health/live</c>, <c>/health/ready</c> and
    /// <c>/health/deep</c>, without sign-in. Never let a proxy lead there.
    /// </summary>
    /// <value>Default none. The app also answers on its ordinary address: live and ready to all, the others to operators (administrators of the installation's own tenant).</value>
    public string? Url { get; set; }

    /// <summary>How often the depth of queues is asked of the database.</summary>
    /// <value>Default 15 seconds.</value>
    public TimeSpan DepthEvery { get; set; } = TimeSpan.FromSeconds(15);
}
