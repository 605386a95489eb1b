using System.CommandLine;
using System.Globalization;
using DdocCost.Benchmarks.Scorecard.Beyond;
using DdocCost.Benchmarks.Scorecard.Corpora;
using DdocCost.Benchmarks.Scorecard.Judging;
using DdocCost.Benchmarks.Scorecard.Pages;
using DdocCost.Jobs.Demo;

namespace DdocCost.Benchmarks.Scorecard;

/// <summary>
/// <c>scorecard</c>: measures the detector on labelled corpora and writes docs/scorecard.md. ops/scorecard.sh runs it; for a quick look while
/// working: <c>dotnet run -c Release --project DdocCost.Benchmarks -- scorecard --seeds 1-10 --only demo --list</c>.
/// </summary>
internal static class ScorecardCommand
{
    public static int Run(string[] args)
    {
        var seeds = new Option<string>("--seeds") { Description = "First and last seed, such as 501-512.", DefaultValueFactory = _ => "1-8" };
        var shared = new Option<string?>("--shared") { Description = "A folder of other labelled corpora, each in a folder named like its seed." };
        var only = new Option<string?>("--only") { Description = "Only one kind of corpora: demo, shared, seen, mended, told, beside, repeated or blind." };
        var page = new Option<string?>("--page") { Description = "Writes the scorecard here, and its picture beside it." };
        var list = new Option<bool>("--list") { Description = "Lists each incident that was missed or told after hours, and each false alert." };
        var root = new RootCommand("Measures how good the detector is.") { seeds, shared, only, page, list };
        root.SetAction(result =>
        {
            ulong[] range = [.. result.GetRequiredValue(seeds).Split('-').Select(part => ulong.Parse(part, CultureInfo.InvariantCulture))];
            var sets = Sets(result.GetValue(shared)).Where(set => result.GetValue(only) is not { } kinds || kinds.Split(',').Contains(set.Kind));
            SetResult[] results = [.. sets.Select(set => Measure(set.Set, range, result.GetValue(list))).Where(measured => measured.Seeds.Count > 0)];
            if (result.GetValue(page) is { } path)
            {
                var picture = Path.ChangeExtension(path, ".svg");
                File.WriteAllText(path, ScorecardPage.Of(results, Path.GetFileName(picture)));
                File.WriteAllText(picture, ReliabilityPicture.Of(results));
            }
        });
        return root.Parse(args).Invoke();
    }

    private static SetResult Measure(CorpusSet set, ulong[] range, bool lists)
    {
        var measured = new SetResult(set);
        for (var seed = range[0]; seed <= range[^1]; seed++)
        {
            if (set.Read(seed) is not { } corpus)
            {
                continue;
            }

            var recording = measured.Add(corpus);
            if (lists)
            {
                Console.Write(SeedList.Of(corpus, measured[SetResult.Ours][^1], recording));
            }
        }

        if (measured.Seeds.Count > 0)
        {
            Console.Write(Summary.Of(measured));
        }

        return measured;
    }

    private static IEnumerable<(string Kind, CorpusSet Set)> Sets(string? shared)
    {
        yield return ("demo", CorpusSet.Simulated("The product's simulator", "Seven accounts and 17 kinds of incident, as in the demo.", World.Demo));
        if (shared is not null)
        {
            yield return ("shared", CorpusSet.Found("The shared corpus", "Seven accounts and ten kinds of incident, by a simulator that knows nothing of ours.", shared));
        }

        yield return ("seen", CorpusSet.Simulated("Beyond, looked at: sums and hours", "Three hard kinds of account and eight of incident that neither of the above has. Looked at on seeds 1 to 8 and 31 to 38 while the detector was made; these are others.", BeyondWorlds.Seen));
        yield return ("mended", CorpusSet.Simulated("Beyond, looked at: what is learned", "Three more kinds of account and six of incident. Looked at on seeds 1 to 4 and 31 to 38; these are others.", BeyondWorlds.Mended));
        yield return ("told", CorpusSet.Simulated("Beyond, looked at: what was told", "Two more kinds of account and four of incident. Looked at on seeds 31 to 38; these are others.", BeyondWorlds.Told));
        yield return ("beside", CorpusSet.Simulated("Beyond, looked at: what is done beside it", "Three more kinds of account and six of incident. They were held out until seeds 921 to 928 gave 0.838 recall, 0.860 precision and 0.347 false alerts; then looked at on seeds 31 to 34, which changed the detector. These are others.", BeyondWorlds.Beside));
        yield return ("repeated", CorpusSet.Simulated("Beyond, looked at: what comes again", "One more kind of account and three of incident, each of which comes about seven times in three weeks. They were held out until seeds 961 to 968 gave 0.688 recall; then looked at on seeds 31 to 38, which changed the detector. These are others.", BeyondWorlds.Repeated));
        yield return ("blind", CorpusSet.Simulated("Beyond, blind", "Five more kinds of account and 16 of incident, written by somebody who had not seen the detector or its misses.", BeyondWorlds.Blind));
    }
}
