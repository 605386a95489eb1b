using DdocCost.Benchmarks;
using DdocCost.Benchmarks.Durable;
using DdocCost.Benchmarks.Faults;
using DdocCost.Benchmarks.Files;
using DdocCost.Benchmarks.Fuzzing;
using DdocCost.Benchmarks.Growing;
using DdocCost.Benchmarks.Hunting;
using DdocCost.Benchmarks.Pushing;
using DdocCost.Benchmarks.Scorecard;
using DdocCost.Benchmarks.Serving;
using DdocCost.Benchmarks.Telling;

// dotnet run -c Release --project DdocCost.Benchmarks [-- COMMAND …]: what we claim about speed, and about the detector, each measured beside
// what a user would take instead.
return args switch
{
    ["bill", .. var rest] => await BillBenchmark.RunAsync(rest), // [LINES]
    ["durable", .. var rest] => await DurableComparison.RunAsync(rest), // [FILES [ROUNDS [SHARE …]]]
    ["faults", .. var rest] => await FaultsCommand.RunAsync(rest), // [MINUTES [SEED [KINDS [OLD_PROGRAMS]]]]
    ["fuzz", .. var rest] => await FuzzCommand.RunAsync(rest), // [MOUTH|all [SECONDS [SEED]]]
    ["grow", .. var rest] => await GrowCommand.RunAsync(rest), // [FILES] or accounts [ACCOUNTS]
    ["hunt", .. var rest] => await HuntBenchmark.RunAsync(rest), // [RESOURCES]
    ["hunt-wire", var count] => await HuntWire.ServeAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)), // AWS for it
    ["long", .. var rest] => await LongImport.RunAsync(rest), // [MILLIONS OF RECORDS]
    ["offer", .. var rest] => await OfferBenchmark.RunAsync(rest), // [MEGABYTES]
    ["pricing", .. var rest] => CostBearing.Run(rest), // [FILES [ROUNDS]]
    ["push", .. var rest] => await PushBenchmark.RunAsync(rest), // [AGENT PROGRAM]
    ["pages", .. var rest] => await PagesBenchmark.RunAsync(rest), // [EVENTS [ROUNDS [SETTING=VALUE …]]]
    ["score"] => ScoringSpeed.Run(),
    ["scorecard", .. var rest] => ScorecardCommand.Run(rest), // --help
    ["start", .. var rest] => await StartBenchmark.RunAsync(rest), // [EVENTS [ROUNDS]]
    ["stored", .. var rest] => await StoredBenchmark.RunAsync(rest), // [EVENTS [ROUNDS [SETTING=VALUE …]]]
    ["told", .. var rest] => await TellingBenchmark.RunAsync(rest), // [EVENTS [PER_SECOND [RECORDS_PER_SECOND [CONVERSATIONS]]]]
    _ => HotPathComparison.Run(args), // [FILES [ROUNDS]]
};
