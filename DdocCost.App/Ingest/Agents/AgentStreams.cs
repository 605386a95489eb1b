using System.Collections.Concurrent;
using DdocCost.Domain.Ingestion;
using DdocCost.Protos.Agent.V1;
using Grpc.Core;
using Marten;

namespace DdocCost.App.Ingest.Agents;

/// <summary>The streams that are open. A new one of the same agent ends the one before, which the agent has lost.</summary>
internal sealed class AgentStreams(
    Intake intake, Pressure pressure, AgentFilter filter, IDocumentStore store, TimeProvider clock, IHostApplicationLifetime lifetime,
    ILogger<AgentStream> log)
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _open = [];

    /// <summary>Serves a stream until it ends.</summary>
    public async Task RunAsync(
        EnrolledAgent agent, IAsyncStreamReader<Upstream> incoming, IServerStreamWriter<Downstream> outgoing, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        _open.AddOrUpdate(agent.Id, stop, (_, before) =>
        {
            End(before);
            return stop;
        });
        try
        {
            using var stream = new AgentStream(agent, incoming, outgoing, intake, pressure, filter, store, clock, log);
            await stream.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the stream was ended; connect again"));
        }
        finally
        {
            _open.TryRemove(new(agent.Id, stop));
        }
    }

    private static void End(CancellationTokenSource stream)
    {
        try
        {
            stream.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended at this moment.
        }
    }
}
