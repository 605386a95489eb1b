using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Zombies;
using DdocCost.Tests.Support;
using DdocCost.Tests.Support.AwsEmulator;

namespace DdocCost.Tests.Zombies;

/// <summary>The hunt against a server that is not ours and speaks for a few services only: what it does not know was not scanned, which is not "nothing found".</summary>
public sealed class OtherServerTests(PostgresServer postgres, AwsServer server)
{
    [Fact]
    public async Task Every_call_goes_where_the_endpoint_setting_says_and_what_is_not_answered_there_is_a_gap()
    {
        await using var aws = await AwsEmulator.StartAsync();
        await using var host = new HuntHost(await postgres.NewDatabaseAsync(), aws, ("AWS_ENDPOINT_URL", await server.UrlAsync()), ("Aws:Attempts", "1"));
        var account = aws.Add("111122220001", "eu-west-1");
        await host.ConnectAsync(account);
        await server.NewBucketAsync();

        var run = await host.ScanAsync(account);

        var regional = CollectorCatalogue.All.Select(collector => collector.Kind).Where(kind => kind.OnlyIn is null).ToList();
        var missed = run.Gaps.Select(gap => gap.Kind).ToHashSet();
        Assert.Equal(HuntState.Finished, run.State);
        Assert.Empty(regional.Select(kind => kind.Name).Except([.. missed, "s3:bucket", "s3:multipart-upload"]));
        Assert.Contains(run.Gaps, gap => gap.Why.StartsWith("which regions are enabled is not known", StringComparison.Ordinal));
        Assert.Empty(await host.AllAsync<ZombieFinding>());
        Assert.Empty(aws.Calls);
    }
}
