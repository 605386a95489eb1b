using System.Runtime.InteropServices;
using System.Threading.Channels;
using DdocCost.Domain.Ingestion;
using DdocCost.Protos.Agent.V1;
using Google.Protobuf;
using Grpc.Core;
using Marten;
using Npgsql;

namespace DdocCost.App.Ingest.Agents;

/// <summary>
/// One agent's stream. Batches go to the intake in their order, several to a transaction, and are acknowledged after it. What was sent before
/// is known by its content, and by its sequence where the spool is the same.
/// </summary>
internal sealed class AgentStream(
    EnrolledAgent agent, IAsyncStreamReader<Upstream> incoming, IServerStreamWriter<Downstream> outgoing, Intake intake, Pressure pressure, AgentFilter filter,
    IDocumentStore store, TimeProvider clock, ILogger log) : IDisposable
{
    /// <summary>Content that may be under way without an acknowledgement.</summary>
    public const int WindowBytes = 16 << 20;

    private const int MostTogether = 128;
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BacklogPause = TimeSpan.FromSeconds(1);

    private readonly Channel<Batch> _batches = Channel.CreateUnbounded<Batch>(new() { SingleReader = true, SingleWriter = true }); // bounded by the window
    private readonly SemaphoreSlim _sending = new(1);
    private readonly HashSet<string>? _accounts = agent.Accounts.Count == 0 ? null : [.. agent.Accounts];
    private ulong _acknowledged;
    private AgentReport _report = new() { Id = agent.Id, HeardAt = clock.GetUtcNow() };
    private DateTimeOffset _savedAt;
    private long _held;

    /// <summary>Serves it to its end.</summary>
    /// <exception cref="RpcException">The agent does not keep to the contract, or something cannot be stored; it begins again.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!await incoming.MoveNext(cancellationToken) || incoming.Current.Hello is not { SpoolId.Length: > 0 and <= 64 } hello)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "a stream begins with Hello"));
        }

        await WelcomeAsync(hello, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] parts = [ReceiveAsync(stop.Token), StoreAsync(stop.Token), PushFiltersAsync(hello.FilterVersion, stop.Token), WatchAsync(stop.Token)];
        try
        {
            await await Task.WhenAny(parts);
        }
        catch (Exception error) when (error is IOException and not InvalidProtocolBufferException or NpgsqlException or UnauthorizedAccessException)
        {
            IngestLog.AgentNotStored(log, agent.Id, error);
            throw new RpcException(new Status(StatusCode.Unavailable, "it cannot be stored at the moment"));
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(parts).ContinueWith(_ => { }, TaskScheduler.Default);
            await SaveAsync(always: true, CancellationToken.None);
        }
    }

    public void Dispose() => _sending.Dispose();

    private async Task WelcomeAsync(Hello hello, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(agent.TenantId);
        var before = await session.LoadAsync<AgentReport>(agent.Id, cancellationToken);
        _report = (before ?? _report) with { HeardAt = clock.GetUtcNow(), AgentVersion = Short(hello.AgentVersion), SpoolId = hello.SpoolId };
        // Another spool counts from the beginning.
        _acknowledged = before?.SpoolId == hello.SpoolId ? (ulong)before.AcknowledgedSequence : 0;
        await SendAsync(new Downstream { Welcome = new Welcome { AcknowledgedSequence = _acknowledged, WindowBytes = WindowBytes } }, cancellationToken);
        await SaveAsync(always: true, cancellationToken);
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        ulong last = 0;
        try
        {
            while (await incoming.MoveNext(cancellationToken))
            {
                switch (incoming.Current)
                {
                    case { Batch: { } batch }:
                        if (batch.Sequence <= last)
                        {
                            throw new RpcException(new Status(StatusCode.InvalidArgument, "sequences rise"));
                        }

                        last = batch.Sequence;
                        if (Interlocked.Add(ref _held, batch.Content.Length) > WindowBytes && _batches.Reader.Count > 0)
                        {
                            throw new RpcException(new Status(StatusCode.ResourceExhausted, "more is under way than the window allows"));
                        }

                        _batches.Writer.TryWrite(batch);
                        break;
                    case { Health: { } health }:
                        _report = AgentReports.Of(_report, health, clock.GetUtcNow());
                        await SaveAsync(always: false, cancellationToken);
                        break;
                }
            }
        }
        finally
        {
            _batches.Writer.TryComplete();
        }
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        while (await _batches.Reader.WaitToReadAsync(cancellationToken))
        {
            while (await pressure.IsBacklogFullAsync(agent.TenantId, cancellationToken))
            {
                await Task.Delay(BacklogPause, clock, cancellationToken); // no acknowledgements: the agent's window fills, and it waits
            }

            var batches = new List<Batch>();
            while (batches.Count < MostTogether && _batches.Reader.TryRead(out var batch))
            {
                batches.Add(batch);
            }

            await TakeAsync([.. batches.Where(batch => batch.Sequence > _acknowledged)], cancellationToken);
            Interlocked.Add(ref _held, -batches.Sum(batch => (long)batch.Content.Length));
            var last = batches[^1].Sequence;
            _acknowledged = Math.Max(last, _acknowledged);
            await SendAsync(new Downstream { Acknowledge = new Acknowledge { Sequence = last } }, cancellationToken);
            await SaveAsync(always: false, cancellationToken);
        }
    }

    private async Task TakeAsync(List<Batch> batches, CancellationToken cancellationToken)
    {
        if (batches.Count == 0)
        {
            return;
        }

        using var room = pressure.TryReserve(batches.Sum(batch => (long)batch.Content.Length))
            ?? throw new RpcException(new Status(StatusCode.ResourceExhausted, "too much is being sent at this moment"));
        var outcome = await intake.TakeAsync(agent.TenantId, agent.IntakeName, [.. batches.Select(DeliveryOf)], cancellationToken);
        if (outcome.Failed is [var failed, ..])
        {
            throw new IOException($"{failed.Name}: {failed.Reason}");
        }
    }

    private Delivery DeliveryOf(Batch batch)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(batch.ReadUnixMilliseconds, 0, clock.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds()));
        return new Delivery(batch.Name.Length > 1024 ? batch.Name[..1024] : batch.Name, at, () => Content(batch)) { Accounts = _accounts };
    }

    private static MemoryStream Content(Batch batch) =>
        MemoryMarshal.TryGetArray(batch.Content.Memory, out var array) ? new(array.Array!, array.Offset, array.Count, writable: false) : new(batch.Content.ToByteArray());

    private async Task PushFiltersAsync(string used, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (now, changed) = filter.Now;
            if (now.Version != used)
            {
                await SendAsync(new Downstream { Filter = now }, cancellationToken);
                used = now.Version;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>An agent that is revoked while it is connected ends soon.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(LookEvery, clock, cancellationToken);
            await using var session = store.QuerySession();
            if (await session.LoadAsync<EnrolledAgent>(agent.Id, cancellationToken) is not { IsRevoked: false })
            {
                throw new RpcException(new Status(StatusCode.PermissionDenied, "this agent was revoked"));
            }
        }
    }

    private async Task SendAsync(Downstream message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await outgoing.WriteAsync(message, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task SaveAsync(bool always, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!always && now - _savedAt < SaveEvery)
        {
            return;
        }

        _savedAt = now;
        await using var session = store.LightweightSession(agent.TenantId);
        session.Store(_report with { AcknowledgedSequence = (long)_acknowledged, HeardAt = now });
        await session.SaveChangesAsync(cancellationToken);
    }

    private static string Short(string text) => text.Length > 64 ? text[..64] : text;
}
