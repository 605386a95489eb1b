using DdocCost.App.Access;
using System.Globalization;
using DdocCost.Jobs.Notify.SelfTests;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Notify;

/// <summary>Runs the self-test and shows each hop's time.</summary>
public sealed partial class SelfTestPage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private SelfTestRun? _run;
    private SelfTestProgress? _progress;
    private bool _running;
    private bool _isGood;
    private string _verdict = "";

    [Inject] private NotifyReader Reader { get; set; } = default!;

    [Inject] private SelfTest Test { get; set; } = default!;

    private bool MayChange => Roles.MayAdminister(User);

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override Task<RoutingView> ReadAsync(CancellationToken cancellationToken) => Reader.RoutingAsync(Sight, cancellationToken);

    private async Task RunAsync()
    {
        if (!MayChange || _running)
        {
            return;
        }

        (_running, _verdict) = (true, "");
        try
        {
            _run = await Test.StartAsync(Tenant, Closed);
            do
            {
                _progress = await Test.ReadAsync(Tenant, _run, Closed);
                StateHasChanged();
                await Task.Delay(TimeSpan.FromMilliseconds(250), Closed);
            }
            while (!_progress.IsOver && Time.GetUtcNow() - _run.StartedAt < Patience);
            Judge(_progress);
            await Test.CleanUpAsync(Tenant, Closed);
        }
        catch (OperationCanceledException)
        {
            // The page is gone; the next run cleans up.
        }
        finally
        {
            _running = false;
        }
    }

    private void Judge(SelfTestProgress progress)
    {
        var taken = progress.Messages.Count(message => message.State == "accepted");
        _isGood = taken > 0 && progress.Messages.All(message => message.State is "accepted" or "collapsed");
        _verdict =
            _isGood ? string.Create(CultureInfo.InvariantCulture, $"It works: told on {taken} {(taken == 1 ? "channel" : "channels")} after {Seconds(progress.Messages.Max(message => message.AcceptedAt) - _run!.StartedAt)}.")
            : progress.SeenAt is null ? "It was not scored within a minute. Is a job server at work?"
            : progress.RoutedAt is null ? "It was scored, but nobody took the message up. Is a job server with the queue 'notify' at work?"
            : progress.Messages.Count == 0 ? $"It was scored, but is {progress.Routing}."
            : progress.Messages.Any(message => message.State == "held") ? "Its messages are held back: panic mode is on."
            : $"Not every channel took it: {string.Join("; ", progress.Messages.Where(message => message.State != "accepted").Select(message => $"{Name(message.ChannelId)} is {message.State} {message.Answer}"))}.";
    }

    private IEnumerable<(string Name, string Remark, string After, string Took)> Hops()
    {
        var before = _run!.StartedAt;
        foreach (var (name, remark, at) in (IEnumerable<(string, string, DateTimeOffset?)>)
            [
                ("Durable at the intake", "", _progress!.SeenAt), ("Priced and scored", "", _progress.ScoredAt), ("Stored, with its case and its notice", "", _progress.CommittedAt),
                ("Routed", _progress.Routing, _progress.RoutedAt),
            ])
        {
            yield return (name, remark, Seconds(at - _run.StartedAt), Seconds(at - before));
            before = at ?? before;
        }

        foreach (var message in _progress.Messages)
        {
            yield return ($"{Name(message.ChannelId)}: {message.State}", message.Answer, Seconds(message.AcceptedAt - _run.StartedAt), Seconds(message.AcceptedAt - message.ClaimedAt));
        }
    }

    private string Name(string channelId) => Data!.Channels.FirstOrDefault(channel => channel.Id == channelId)?.Name ?? channelId;

    private static string Seconds(TimeSpan? span) => span is { } known ? string.Create(NumberStyle.Format, $"{Math.Max(0, known.TotalSeconds):0.000} s") : "waiting";
}
