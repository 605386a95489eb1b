using Hangfire;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>Acts on a click after Slack was answered, so that neither a slow database nor a stopped process loses it.</summary>
[AutomaticRetry(Attempts = 5, DelaysInSeconds = [1, 5, 15, 60, 300])]
public sealed class SlackClickJob
{
    private readonly SlackDesk _desk;

    internal SlackClickJob(SlackDesk desk) => _desk = desk;

    /// <summary>Acts.</summary>
    /// <param name="tenantId">Whose Slack app has signed the click.</param>
    /// <param name="click">The click.</param>
    /// <param name="cancellationToken">The job server stops.</param>
    public Task RunAsync(string tenantId, SlackClick click, CancellationToken cancellationToken) => _desk.HandleAsync(tenantId, click, cancellationToken);
}
