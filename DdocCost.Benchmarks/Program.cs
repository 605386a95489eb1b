using DdocCost.Benchmarks;
using DdocCost.Benchmarks.Durable;
using DdocCost.Benchmarks.Files;
using DdocCost.Benchmarks.Hunting;
using DdocCost.Benchmarks.Pushing;
using DdocCost.Benchmarks.Scorecard;
using DdocCost.Benchmarks.Telling;

// dotnet run -c Release --project DdocCost.Benchmarks [-- COMMAND …]: what we claim about speed, and about the detector, each measured beside
// what a user would take instead.
return args switch
{
    ["bill", .. var rest] => await BillBenchmark.RunAsync(rest), // [LINES]
    ["durable", .. var rest] => await DurableComparison.RunAsync(rest), // [FILES [ROUNDS [SHARE …]]]
    ["hunt", .. var rest] => await HuntBenchmark.RunAsync(rest), // [RESOURCES]
    ["hunt-wire", var count] => await HuntWire.ServeAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)), // AWS for it
    ["offer", .. var rest] => await OfferBenchmark.RunAsync(rest), // [MEGABYTES]
    ["pricing", .. var rest] => CostBearing.Run(rest), // [FILES [ROUNDS]]
    ["push", .. var rest] => await PushBenchmark.RunAsync(rest), // [AGENT PROGRAM]
    ["score"] => ScoringSpeed.Run(),
    ["scorecard", .. var rest] => ScorecardCommand.Run(rest), // --help
    ["told", .. var rest] => await TellingBenchmark.RunAsync(rest), // [EVENTS [PER_SECOND [RECORDS_PER_SECOND [CONVERSATIONS]]]]
    _ => HotPathComparison.Run(args), // [FILES [ROUNDS]]
};
