using System.Globalization;
using DdocCost.App.Access;
using DdocCost.Domain.Reprocess;
using DdocCost.Jobs;
using DdocCost.Jobs.Archive;
using DdocCost.Jobs.Reprocess;
using Hangfire;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Archive;

/// <summary>Where the raw archive lies, whether it is sound, and reading it again.</summary>
public sealed partial class ArchivePage
{
    private string _account = "";
    private DateOnly _from;
    private DateOnly _to;
    private bool _busy;
    private string? _problem;

    [Inject] private ArchiveReader Reader { get; set; } = default!;

    [Inject] private ReprocessDesk Desk { get; set; } = default!;

    [Inject] private IBackgroundJobClient Jobs { get; set; } = default!;

    private bool MayChange => Roles.MayAdminister(User) && Sight.SeesAll;

    private ReprocessRun? Open => Data?.Runs.FirstOrDefault(run => !run.IsOver);

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _to = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        _from = _to.AddDays(-30);
    }

    /// <inheritdoc />
    protected override Task<ArchiveView> ReadAsync(CancellationToken cancellationToken) => Reader.ReadAsync(Sight, cancellationToken);

    private static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):#,0.#} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):#,0.#} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d:#,0.#} KiB"),
    };

    private static string Range(ReprocessRun run) => string.Create(
        CultureInfo.InvariantCulture, $"{run.AccountId ?? "all accounts"}, {run.From.UtcDateTime:d MMM yyyy} to {(run.To < DateTimeOffset.MaxValue.AddDays(-400) ? run.To.AddTicks(-1).UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture) : "now")}");

    private Task AskAsync() => BusyAsync(async () =>
    {
        var (run, problem) = await Desk.AskAsync(
            Tenant, _account.Length == 0 ? null : _account, Midnight(_from), Midnight(_to.AddDays(1)), Roles.SpeakerOf(User), Closed);
        _problem = problem;
        if (run is not null)
        {
            Desk.Start(Tenant, run.Id);
        }
    });

    private void GoOn(ReprocessRun run)
    {
        if (MayChange)
        {
            Desk.Start(Tenant, run.Id);
        }
    }

    private Task StopAsync(ReprocessRun run) => BusyAsync(() => Desk.StopAsync(Tenant, run.Id, Roles.SpeakerOf(User), Closed));

    private Task CheckAsync() => BusyAsync(() =>
    {
        Jobs.Enqueue<ArchiveCheckJob>(JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None));
        return Task.CompletedTask;
    });

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private async Task BusyAsync(Func<Task> work)
    {
        if (_busy || !MayChange)
        {
            return;
        }

        _busy = true;
        _problem = null;
        try
        {
            await work();
            await ReadAgainAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
