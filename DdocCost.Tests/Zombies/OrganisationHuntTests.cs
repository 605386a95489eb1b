using DdocCost.Domain.Zombies;
using DdocCost.Tests.Support;
using DdocCost.Tests.Support.AwsEmulator;

namespace DdocCost.Tests.Zombies;

/// <summary>Scans over emulated accounts, from the wire to the stored findings.</summary>
public sealed class OrganisationHuntTests(PostgresServer postgres) : IAsyncLifetime
{
    private AwsEmulator _aws = null!;
    private HuntHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _aws = await AwsEmulator.StartAsync();
        _host = new HuntHost(await postgres.NewDatabaseAsync(), _aws);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _aws.DisposeAsync();
    }

    [Fact]
    public async Task Finds_exactly_what_was_planted()
    {
        var account = await ConnectAsync("111122220001");
        account.Plant();
        await ScanTwiceAsync(account);

        Assert.Equal(Expected(account, "Confirmed"), await _host.FindingsAsync(account));
        var run = (await _host.AllAsync<HuntRun>()).MaxBy(run => run.StartedAt)!;
        Assert.Equal((HuntState.Finished, 0), (run.State, run.Gaps.Count));
    }

    private static IReadOnlyList<string> Expected(EmulatedAccount account, string state) => [.. Estate.Planted(account.Id).Select(found => $"{found} {state}").Order(StringComparer.Ordinal)];

    private async Task<EmulatedAccount> ConnectAsync(string id)
    {
        var account = _aws.Add(id, "eu-west-1", "us-east-1");
        await _host.ConnectAsync(account);
        return account;
    }

    /// <summary>A scan that gets to know everything, and forty days later two that agree.</summary>
    private async Task ScanTwiceAsync(EmulatedAccount account)
    {
        await _host.ScanAsync(account);
        _host.Pass(TimeSpan.FromDays(40));
        await _host.ScanAsync(account);
        _host.Pass(TimeSpan.FromDays(1));
        await _host.ScanAsync(account);
    }
}
