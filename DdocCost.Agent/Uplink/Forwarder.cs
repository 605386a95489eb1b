using DdocCost.Agent.Readers;
using DdocCost.Protos.Agent.V1;
using Grpc.Core;

namespace DdocCost.Agent.Uplink;

/// <summary>
/// Sends what waits in the spool over one stream, at most a window of bytes ahead of the acknowledgements. When the stream breaks it begins
/// again behind the last acknowledgement, after a pause that grows to a minute.
/// </summary>
internal sealed class Forwarder(Spool.Spool spool, EdgeFilter filter, HealthReporter health, Identity identity, AgentIntake.AgentIntakeClient app)
{
    private static readonly TimeSpan HealthEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                await identity.EnsureAsync(app, cancellationToken);
                await ForwardAsync(() => failures = 0, cancellationToken);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is RpcException or IOException or InvalidOperationException or ObjectDisposedException)
            {
                if (error is RpcException { StatusCode: StatusCode.Unauthenticated })
                {
                    identity.Refused();
                }

                var reason = error is RpcException rpc ? $"{rpc.StatusCode}: {rpc.Status.Detail}" : error.Message;
                Log.Error($"not connected: {reason}; {spool.Last - spool.Acknowledged} batches wait");
                var pause = Math.Min(LongestPause.TotalSeconds, 0.25 * Math.Pow(2, Math.Min(failures++, 12))) * (0.75 + Random.Shared.NextDouble() / 2);
                await Task.Delay(TimeSpan.FromSeconds(pause), cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private async Task ForwardAsync(Action connected, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = app.Forward(identity.Headers, cancellationToken: ended.Token);
        await call.RequestStream.WriteAsync(new Upstream { Hello = new Hello { AgentVersion = Program.Version, SpoolId = spool.Id, FilterVersion = filter.Version } }, ended.Token);
        if (!await call.ResponseStream.MoveNext(ended.Token) || call.ResponseStream.Current.Welcome is not { } welcome)
        {
            throw new IOException("the application did not welcome us");
        }

        connected();
        Log.Info($"connected; {spool.Last - spool.Acknowledged} batches wait");
        spool.Acknowledge(welcome.AcknowledgedSequence);
        using var window = new SendWindow(welcome.WindowBytes);
        using var sending = new SemaphoreSlim(1);

        Task[] parts = [ReceiveAsync(call, window, ended.Token), SendAsync(call, window, sending, ended.Token), ReportAsync(call, sending, ended.Token)];
        var first = await Task.WhenAny(parts);
        await ended.CancelAsync();
        await Task.WhenAll(parts).ContinueWith(_ => { }, TaskScheduler.Default);
        await first; // throws what ended it
    }

    private async Task SendAsync(AsyncDuplexStreamingCall<Upstream, Downstream> call, SendWindow window, SemaphoreSlim sending, CancellationToken cancellationToken)
    {
        for (var last = spool.Acknowledged; ;)
        {
            var batch = await spool.NextAsync(last, cancellationToken);
            await window.EnterAsync(batch.Sequence, batch.Content.Length, cancellationToken);
            await WriteAsync(call, new Upstream { Batch = batch }, sending, cancellationToken);
            last = batch.Sequence;
        }
    }

    private async Task ReceiveAsync(AsyncDuplexStreamingCall<Upstream, Downstream> call, SendWindow window, CancellationToken cancellationToken)
    {
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            switch (call.ResponseStream.Current)
            {
                case { Acknowledge: { } acknowledge }:
                    spool.Acknowledge(acknowledge.Sequence);
                    window.Acknowledge(acknowledge.Sequence);
                    break;
                case { Filter: { } update }:
                    filter.Use(update);
                    break;
            }
        }

        throw new IOException("the application ended the stream");
    }

    private async Task ReportAsync(AsyncDuplexStreamingCall<Upstream, Downstream> call, SemaphoreSlim sending, CancellationToken cancellationToken)
    {
        while (true)
        {
            await WriteAsync(call, new Upstream { Health = health.Report() }, sending, cancellationToken);
            await Task.Delay(HealthEvery, cancellationToken);
            if (identity.UntilRenewal <= TimeSpan.Zero)
            {
                throw new IOException("the credential is due to be renewed"); // begins again with a new one
            }
        }
    }

    private static async Task WriteAsync(AsyncDuplexStreamingCall<Upstream, Downstream> call, Upstream message, SemaphoreSlim sending, CancellationToken cancellationToken)
    {
        await sending.WaitAsync(cancellationToken);
        try
        {
            await call.RequestStream.WriteAsync(message, cancellationToken);
        }
        finally
        {
            sending.Release();
        }
    }
}
