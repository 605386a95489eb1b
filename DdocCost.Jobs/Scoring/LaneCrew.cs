using DdocCost.Domain.Queue;
using DdocCost.Jobs.Live;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Scoring;

/// <summary>This process's consumers, one a lane. Each takes its lane where nobody else has it, and waits for it where somebody has.</summary>
internal sealed class LaneCrew(
    NpgsqlDataSource database, IEventQueue queue, BatchScorer scorer, BatchStore store, AccountLoader loader, ILivePublisher live, LaneSignals signals,
    IOptions<ScoringOptions> options, TimeProvider clock, ILoggerFactory logs) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    // Scoring is arithmetic: more at a time than there are processors would only hold more in memory.
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);
    private readonly Task?[] _lanes = new Task?[Lanes.Count];
    private Task _listening = Task.CompletedTask;

    /// <summary>Starts all lanes.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listening = signals.RunAsync(_stop.Token);
        EnsureRunning();
        return Task.CompletedTask;
    }

    /// <summary>Starts the lanes whose consumer has ended; none should.</summary>
    /// <returns>How many had to be started.</returns>
    public int EnsureRunning()
    {
        var started = 0;
        lock (_lanes)
        {
            for (var lane = 0; lane < _lanes.Length && !_stop.IsCancellationRequested; lane++)
            {
                if (_lanes[lane] is not { IsCompleted: false })
                {
                    var consumer = Consumer(lane);
                    _lanes[lane] = Task.Run(() => consumer.RunAsync(_stop.Token), CancellationToken.None);
                    started++;
                }
            }
        }

        return started;
    }

    /// <summary>Lets each lane finish or leave what it is at; what is left is taken up by the next owner.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Task.WhenAll([_listening, .. _lanes.OfType<Task>()]).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _processors.Dispose();
    }

    private LaneConsumer Consumer(int lane) =>
        new(lane, database, queue, scorer, store, loader, live, signals, _processors, options, clock, logs.CreateLogger<LaneConsumer>());
}
