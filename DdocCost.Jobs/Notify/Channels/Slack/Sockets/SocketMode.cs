namespace DdocCost.Jobs.Notify.Channels.Slack.Sockets;

/// <summary>Keeps a line to Slack for every app token, so that buttons work where Slack cannot reach us.</summary>
internal sealed class SocketMode(SlackApps apps, SlackApi api, OutgoingHttp http, SlackInbox inbox, TimeProvider time, ILogger<SocketMode> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, (CancellationTokenSource Stop, Task Line)> _lines = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await FollowChannelsAsync(stoppingToken);
                await Task.Delay(Look, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            await StopAsync(_lines.Keys.ToList());
        }
    }

    private async Task FollowChannelsAsync(CancellationToken stoppingToken)
    {
        try
        {
            var tokens = (await apps.WithAsync(SlackChannel.AppToken, stoppingToken)).Select(app => apps.Open(app, SlackChannel.AppToken)).OfType<string>().ToHashSet();
            await StopAsync([.. _lines.Keys.Where(token => !tokens.Contains(token))]);
            foreach (var token in tokens.Where(token => !_lines.ContainsKey(token)))
            {
                var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                _lines[token] = (stop, new SocketLine(token, api, http, inbox, time, log).RunAsync(stop.Token));
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            SocketLog.NotRead(log, e); // the database may be back in a moment
        }
    }

    private async Task StopAsync(IReadOnlyList<string> tokens)
    {
        foreach (var token in tokens)
        {
            _lines.Remove(token, out var line);
            await line.Stop.CancelAsync();
            await line.Line;
            line.Stop.Dispose();
        }
    }
}
