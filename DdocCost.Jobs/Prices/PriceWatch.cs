using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Refresh;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Prices;

/// <summary>Keeps the process on the version of the price book that is in use, without a restart. Whatever goes wrong, it keeps the book it has.</summary>
internal sealed class PriceWatch(PriceStore store, CurrentPrices current, IOptions<PriceOptions> options, TimeProvider clock, ILogger<PriceWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Watch, clock);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidDataException or TimeoutException)
            {
                PricesLog.NotLoaded(log, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var version = await store.VersionInUseAsync(cancellationToken);
        if (version == current.Book.Version || await store.BookAsync(version, cancellationToken) is not { } book)
            return;
        current.Use(book);
        PricesLog.Loaded(log, version);
    }
}
