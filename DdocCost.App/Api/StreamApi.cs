using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DdocCost.App.Access;
using DdocCost.App.Live;
using DdocCost.Domain.Anomalies;
using DdocCost.Jobs.Live;

namespace DdocCost.App.Api;

/// <summary>What changes, as it changes: server-sent events. The SignalR hub at <c>/hubs/live</c> says the same.</summary>
internal static class StreamApi
{
    private const int Most = 100;

    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api) => api.MapGet("/stream", (LiveFeed feed, TimeProvider time, LetIn letIn, HttpContext http, ApiCaller caller, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(ReadAsync(feed, time, () => letIn.GoesOnAsync(http, cancellationToken), caller.Sight, cancellationToken)))
        .WithTags("Live").WithSummary("Server-sent events: update (something was scored), unknown (read again: something may have been missed), beat (all is quiet). It ends when the token does, or its rights change.");

    private static async IAsyncEnumerable<SseItem<StreamItem>> ReadAsync(
        LiveFeed feed, TimeProvider time, Func<Task<bool>> goesOn, Sight sight, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A reader that is too slow for the updates is told to read again instead of being sent all of them.
        var updates = Channel.CreateBounded<LiveUpdate?>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest });
        using var subscription = feed.Subscribe(sight.TenantId, update =>
        {
            if (update is null || sight.Sees(update.AccountId))
            {
                updates.Writer.TryWrite(updates.Reader.Count >= Most - 1 ? null : update);
            }
        });
        yield return new SseItem<StreamItem>(new StreamItem(time.GetUtcNow(), null, [], 0), "beat");
        var asked = time.GetUtcNow();
        while (!cancellationToken.IsCancellationRequested)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(LetIn.Checked);
            SseItem<StreamItem> next;
            try
            {
                next = await updates.Reader.ReadAsync(patience.Token) is { } update
                    ? new(new StreamItem(update.At, update.AccountId, [.. update.Cases.Select(CaseItem.Of)], update.CostEvents), "update")
                    : new(new StreamItem(time.GetUtcNow(), null, [], 0), "unknown");
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                next = new(new StreamItem(time.GetUtcNow(), null, [], 0), "beat");
            }

            if (time.GetUtcNow() - asked >= LetIn.Checked)
            {
                if (!await goesOn())
                {
                    yield break;
                }

                asked = time.GetUtcNow();
            }

            yield return next;
        }
    }
}

/// <summary>Something changed.</summary>
/// <param name="At">When it was stored.</param>
/// <param name="AccountId">In which account, or null.</param>
/// <param name="Cases">Cases opened, changed or closed.</param>
/// <param name="CostEvents">How many cost events were added.</param>
internal sealed record StreamItem(DateTimeOffset At, string? AccountId, IReadOnlyList<CaseItem> Cases, int CostEvents);
