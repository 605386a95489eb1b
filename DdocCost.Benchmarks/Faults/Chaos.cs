using System.Collections.Concurrent;
using System.Globalization;

namespace DdocCost.Benchmarks.Faults;

/// <summary>Lets misfortunes happen at random, and waits until all is as it was.</summary>
internal sealed class Chaos
{
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly Random _random;
    private readonly FaultPace _pace;
    private readonly Action<string> _tell;
    private readonly FaultKind[] _kinds;

    /// <summary>Makes one.</summary>
    /// <param name="installation">What is to survive it.</param>
    /// <param name="seed">What is drawn from.</param>
    /// <param name="pace">How fast they follow each other, and which.</param>
    /// <param name="tell">Told of each fault.</param>
    public Chaos(Installation installation, int seed, FaultPace pace, Action<string> tell)
    {
        (_random, _pace, _tell) = (new Random(seed), pace, tell);
        _kinds = [.. new FaultKinds(installation, Tell).All().Where(kind => pace.Includes(kind))];
        if (_kinds.Length == 0)
        {
            throw new InvalidOperationException($"None of the faults {string.Join(", ", pace.Kinds)} can be had on this machine.");
        }
    }

    /// <summary>How many of each kind there were.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Goes on until stopped; then everything runs again.</summary>
    /// <param name="duration">How long it will be.</param>
    /// <param name="until">Stops it.</param>
    public async Task RunAsync(TimeSpan duration, CancellationToken until)
    {
        // What lasts begins after a tenth of the time and goes on almost to the end.
        var lasting = _kinds.Where(kind => kind.Lasts).Select(async kind =>
        {
            await Task.Delay(duration / 10, CancellationToken.None);
            await kind.Happen(duration * 0.85);
        }).ToList();
        var passing = _kinds.Where(kind => !kind.Lasts).ToArray();
        // Every kind once in an order of its own before one comes again, so that a short run has them all.
        for (var kinds = new Queue<FaultKind>(); !until.IsCancellationRequested && passing.Length > 0;)
        {
            await Task.Delay(Draw(_pace.Between), CancellationToken.None);
            if (kinds.Count == 0)
            {
                _random.Shuffle(passing);
                kinds = new Queue<FaultKind>(passing);
            }

            List<Task> now = [kinds.Dequeue().Happen(Draw(_pace.Longest))];
            if (_random.Next(4) == 0 && kinds.TryDequeue(out var second))
            {
                now.Add(second.Happen(Draw(_pace.Longest))); // misfortunes seldom come alone
            }

            await Task.WhenAll(now);
        }

        await Task.WhenAll(lasting);
    }

    private TimeSpan Draw(TimeSpan most) => most * _random.NextDouble();

    private void Tell(string what, TimeSpan away)
    {
        _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
        _tell(string.Create(CultureInfo.InvariantCulture, $"{what}, for {away.TotalSeconds:N1} s"));
    }
}

/// <summary>How fast faults follow each other, and which.</summary>
/// <param name="Longest">How long anything is away at most.</param>
/// <param name="Between">How long is waited between two faults at most.</param>
/// <param name="Kinds">Names of <see cref="FaultKind"/>; none for all that pass.</param>
internal sealed record FaultPace(TimeSpan Longest, TimeSpan Between, params string[] Kinds)
{
    /// <summary>Whether a kind happens.</summary>
    public bool Includes(FaultKind kind) => Kinds.Length == 0 ? !kind.Lasts : Kinds.Contains(kind.Name) || Kinds.Contains("all");
}
