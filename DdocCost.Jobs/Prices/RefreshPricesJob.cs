using DdocCost.Domain.Governance;
using DdocCost.Domain.Pricing.Offers;
using DdocCost.Domain.Pricing.Refresh;
using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Prices;

/// <summary>
/// Weekly, or when an administrator asks: reads AWS's offer files and makes a new version of the price book, if they can be believed. What
/// cannot be read or believed leaves the prices as they were. Does nothing where refreshing is off.
/// </summary>
public sealed class RefreshPricesJob(
    RefreshRun run, PriceStore store, NpgsqlDataSource database, IPanicSwitch panic, IOptions<PriceOptions> options)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(1);

    /// <summary>Runs.</summary>
    /// <returns>The version that was begun; null where refreshing is off, panic mode is on, or another refresh runs.</returns>
    public async Task<long?> RunAsync(CancellationToken cancellationToken) =>
        !options.Value.Refresh || (await panic.ReadAsync(cancellationToken)).IsOn ? null : await run.RunAsync(ReadAllAsync, cancellationToken);

    private async Task ReadAllAsync(RefreshDraft draft, long version, CancellationToken cancellationToken)
    {
        using var list = new PriceList(options);
        var (read, wanted) = (0L, await RegionsAsync(cancellationToken));
        foreach (var offer in PriceOffer.All)
        {
            IReadOnlyDictionary<string, Uri> files;
            try
            {
                files = await list.RegionsAsync(offer.Code, cancellationToken);
            }
            catch (Exception e) when (IsTheirs(e, cancellationToken))
            {
                draft.Fail(offer, "all", e.Message);
                continue;
            }

            foreach (var region in wanted.Where(files.ContainsKey))
                read += await ReadAsync(list, draft, offer, region, files[region], version, read, cancellationToken);
        }
    }

    /// <summary>One file, with another try where it broke off.</summary>
    /// <returns>How many bytes were read.</returns>
    private async Task<long> ReadAsync(
        PriceList list, RefreshDraft draft, PriceOffer offer, string region, Uri file, long version, long before, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reader = new OfferReader(offer.Map, region);
            try
            {
                if ((await panic.ReadAsync(cancellationToken)) is { IsOn: true } state)
                    throw new PanicException(state);
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                patience.CancelAfter(options.Value.FileTimeout);
                await using var stream = await list.OpenAsync(file, patience.Token);
                await WatchedAsync(reader.ReadAsync(stream, patience.Token), () => store.ProgressAsync(
                    version, $"reads {offer.Code} of {region}, {reader.BytesRead / 1e6:0} MB so far", before + reader.BytesRead, CancellationToken.None));
                draft.Take(offer, region, reader.Published, reader.Prices);
                await store.ProgressAsync(version, $"{offer.Code} of {region} read", before + reader.BytesRead, cancellationToken);
                return reader.BytesRead;
            }
            catch (Exception e) when (IsTheirs(e, cancellationToken))
            {
                if (attempt < options.Value.Attempts)
                    continue;
                draft.Fail(offer, region, e is OperationCanceledException ? $"took longer than {options.Value.FileTimeout}" : e.Message);
                return reader.BytesRead;
            }
        }
    }

    private static async Task WatchedAsync(Task reading, Func<Task> progress)
    {
        while (await Task.WhenAny(reading, Task.Delay(ProgressEvery)) != reading)
            await progress();
        await reading;
    }

    private async Task<IReadOnlyList<string>> RegionsAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Regions.Count > 0)
            return options.Value.Regions;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var seen = await connection.QueryAsync(
            "select distinct data ->> 'region' from mt_doc_running_resources where data ->> 'region' <> '' and data ->> 'region' not like 'cn-%'", row => row.GetString(0), cancellationToken);
        return [.. seen.Append("us-east-1").Distinct().Order(StringComparer.Ordinal)];
    }

    private static bool IsTheirs(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or IOException or InvalidDataException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
