using DdocCost.Domain.Storage;
using Marten;

namespace DdocCost.Domain.Backtest;

/// <summary>How backtests are kept.</summary>
internal sealed class BacktestStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Schema.For<BacktestRun>().DocumentAlias("backtest_runs").Column(run => run.AskedAt, index: "asked_at");
        options.Schema.For<BacktestStop>().DocumentAlias("backtest_stops");
    }
}
