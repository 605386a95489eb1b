using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DdocCost.Benchmarks.Fuzzing;

/// <summary>Sends spoilt input into a mouth for some time and looks at answers, log, memory and what the scorer made of it.</summary>
/// <param name="host">The application.</param>
/// <param name="seed">What is drawn from.</param>
/// <param name="weighs">Whether memory is looked at: not where the process does other things too.</param>
/// <param name="most">After so many inputs a sender ends even if there is time left.</param>
internal sealed class FuzzRun(FuzzHost host, int seed, bool weighs = true, int most = int.MaxValue)
{
    /// <summary>What may live in memory afterwards beyond what lived a fifth of the time in.</summary>
    public const long MostGrowth = 64 << 20;

    /// <summary>How many send at the same time.</summary>
    public const int Senders = 4;

    private const int MostFaults = 5;
    private static readonly TimeSpan ScoringTime = TimeSpan.FromMinutes(2);

    /// <summary>All mouths.</summary>
    public static async Task<IReadOnlyList<FuzzMouth>> MouthsAsync(FuzzHost host) =>
        [.. HttpMouths.Of(host), await ApiMouth.OpenAsync(host), await AgentMouth.OpenAsync(host), HubMouth.Open(host), .. ReaderMouths.Of(host)];

    /// <summary>Runs.</summary>
    public async Task<FuzzResult> RunAsync(FuzzMouth mouth, TimeSpan duration, CancellationToken cancellationToken)
    {
        var (counts, faults, clock) = (new ConcurrentDictionary<string, int>(), new ConcurrentQueue<string>(), Stopwatch.StartNew());
        var givenUp = (await host.GivenUpAsync()).ToHashSet();
        host.Errors.Take();
        await SendAsync(mouth, duration / 5, 0, counts, faults, cancellationToken);
        await ScoredAsync(faults);
        var before = Living();
        await SendAsync(mouth, duration * 4 / 5, Senders, counts, faults, cancellationToken);
        await ScoredAsync(faults);
        var growth = Living() - before;
        if (growth > MostGrowth)
        {
            faults.Enqueue(string.Create(CultureInfo.InvariantCulture, $"memory grew by {growth >> 20} MiB"));
        }

        foreach (var reason in (await host.GivenUpAsync()).Except(givenUp))
        {
            faults.Enqueue($"the scorer gave up: {reason}");
        }

        return new FuzzResult(mouth.Name, counts.Values.Sum(), clock.Elapsed, counts, growth, [.. faults, .. host.Errors.Take().DistinctBy(error => error[..Math.Min(error.Length, 120)]).Select(error => $"logged: {error}").Take(MostFaults)]);
    }

    private async Task SendAsync(
        FuzzMouth mouth, TimeSpan duration, int first, ConcurrentDictionary<string, int> counts, ConcurrentQueue<string> faults, CancellationToken cancellationToken)
    {
        var until = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(first, Senders).Select(sender => Task.Run(async () =>
        {
            var random = new Random(seed + sender);
            for (var sent = 0; sent < most && until.Elapsed < duration && faults.Count < MostFaults; sent++)
            {
                var answer = await mouth.TryAsync(random, cancellationToken);
                counts.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
                if (answer.Fault is not null)
                {
                    faults.Enqueue($"{answer.Fault}\n{Excerpt(answer.Input)}");
                }
            }
        }, cancellationToken)));
    }

    private async Task ScoredAsync(ConcurrentQueue<string> faults)
    {
        for (var waited = Stopwatch.StartNew(); await host.BacklogAsync() > 0; await Task.Delay(50))
        {
            if (waited.Elapsed > ScoringTime)
            {
                faults.Enqueue($"{await host.BacklogAsync()} deliveries are not scored after two minutes");
                return;
            }
        }
    }

    private long Living()
    {
        if (!weighs)
        {
            return 0;
        }

        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static string Excerpt(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        return text.Length <= 1500 ? text : $"{text[..1500]} … ({input.Length} bytes)";
    }
}

/// <summary>What came of fuzzing a mouth.</summary>
/// <param name="Mouth">Which.</param>
/// <param name="Inputs">How many were sent.</param>
/// <param name="Elapsed">In which time.</param>
/// <param name="Answers">How often each was given.</param>
/// <param name="Growth">Bytes that live more than at first.</param>
/// <param name="Faults">What is wrong; empty where nothing is.</param>
internal sealed record FuzzResult(string Mouth, int Inputs, TimeSpan Elapsed, IReadOnlyDictionary<string, int> Answers, long Growth, IReadOnlyList<string> Faults)
{
    /// <summary>On one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Mouth} | {Inputs:N0} | {Elapsed.TotalSeconds:N0} | {string.Join(", ", Answers.OrderByDescending(answer => answer.Value).Select(answer => $"{answer.Key}: {answer.Value:N0}"))} | {Growth / 1024.0 / 1024:N1} | {Faults.Count} |");
}
