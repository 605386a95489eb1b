using DdocCost.Agent.Aws;

namespace DdocCost.Agent.Readers;

/// <summary>Looks at a source again and again; a failing one waits longer each time, and does not keep the others waiting.</summary>
internal static class ReaderLoop
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    /// <summary>Runs until stopped.</summary>
    public static async Task RunAsync(ISourceReader reader, Outbox outbox, TimeSpan poll, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var more = await reader.LookAsync(outbox, cancellationToken);
                reader.State.LookedAt = DateTimeOffset.UtcNow;
                if (failures > 0)
                {
                    Log.Info($"{reader.State.Source} can be read again");
                }

                (failures, reader.State.Error) = (0, null);
                await Task.Delay(more ? TimeSpan.Zero : poll, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or HttpRequestException or AwsException or OperationCanceledException)
            {
                if (reader.State.Error != error.Message)
                {
                    Log.Error($"{reader.State.Source}: {error.Message}");
                }

                reader.State.Error = error.Message;
                var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Max(poll.TotalSeconds, 0.5 * Math.Pow(2, Math.Min(failures++, 10)))));
                await Task.Delay(pause, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
