using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Polling;

/// <summary>Reads one source for as long as it is let: look after look, no faster than the scoring follows, and after failures less and less often.</summary>
internal sealed class SourceLoop(
    string tenantId, ITrailSource source, IntakeStore store, IDocumentStore documents, PollingOptions options, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan StatusAtLeastEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan HeldBackLook = TimeSpan.FromMilliseconds(500);

    private SourceStatus? _status;
    private SourceStatus? _stored;

    /// <summary>Runs until it is stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(await LookAsync(cancellationToken), clock, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or Marten.Exceptions.MartenCommandException)
            {
                PollingLog.StoreFailed(log, source.Id, error.Message); // and so the status cannot be stored either
                await Task.Delay(options.FirstPause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Looks once, when there is room, and keeps the status.</summary>
    /// <returns>How long until the next look.</returns>
    public async Task<TimeSpan> LookAsync(CancellationToken cancellationToken)
    {
        _status ??= await LoadAsync(cancellationToken);
        try
        {
            if ((await store.ProgressAsync(tenantId, cancellationToken)).Backlog > options.MaxBacklog)
            {
                await KeepAsync(_status with { State = SourceState.HeldBack, CheckedAt = clock.GetUtcNow() }, cancellationToken);
                return HeldBackLook;
            }

            var reading = await source.ReadAsync(cancellationToken);
            await KeepAsync(_status.After(reading, clock.GetUtcNow()), cancellationToken);
            if (reading.Taken is { Taken: > 0 })
            {
                PollingLog.Taken(log, source.Id, reading.Taken.Taken, reading.Taken.Records, reading.Taken.Rejected);
            }

            return reading.Problem is not null && reading.Taken.Taken == 0 ? Max(reading.Rest, options.FirstPause) : reading.HasMore ? TimeSpan.Zero : reading.Rest;
        }
        catch (Exception error) when (error is AwsException or NoCredentialsException or IOException or UnauthorizedAccessException)
        {
            var status = _status.Failed(MissingPermission.Describe(error), clock.GetUtcNow());
            PollingLog.Failed(log, source.Id, status.Failures, status.Error!);
            await KeepAsync(status, cancellationToken);
            return PauseAfter(status.Failures);
        }
    }

    private TimeSpan PauseAfter(int failures) =>
        options.FirstPause * Math.Pow(2, Math.Min(failures - 1, 20)) is var pause && pause < LongestPause ? pause : LongestPause;

    private async Task<SourceStatus> LoadAsync(CancellationToken cancellationToken)
    {
        await using var session = documents.QuerySession(tenantId);
        _stored = await session.LoadAsync<SourceStatus>(source.Id, cancellationToken);
        return _stored ?? new SourceStatus { Id = source.Id, CheckedAt = clock.GetUtcNow() };
    }

    private async Task KeepAsync(SourceStatus status, CancellationToken cancellationToken)
    {
        _status = status;
        if (_stored is not null && _stored with { CheckedAt = status.CheckedAt } == status && status.CheckedAt - _stored.CheckedAt < StatusAtLeastEvery)
        {
            return;
        }

        await using var session = documents.LightweightSession(tenantId);
        session.Store(status);
        await session.SaveChangesAsync(cancellationToken);
        _stored = status;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
