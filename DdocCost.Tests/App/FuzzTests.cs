using DdocCost.Benchmarks.Fuzzing;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.App;

/// <summary>The same few spoilt inputs into every mouth each time; <c>DdocCost.Benchmarks fuzz all 600</c> tries others, for longer.</summary>
public sealed class FuzzTests(PostgresServer postgres, RedisServer redis, ITestOutputHelper output)
{
    private const int EachSender = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task No_mouth_answers_with_an_error_of_ours_dies_grows_or_leaves_the_scorer_something_it_gives_up()
    {
        const int seed = 20261126; // the same each time: what a seed of chance finds would look like a fault of whatever was changed last
        await using var host = await FuzzHost.StartAsync(await postgres.NewDatabaseAsync(), $"{await redis.AddressAsync()},defaultDatabase=7"); // panic must not reach other tests

        foreach (var mouth in await FuzzRun.MouthsAsync(host))
        {
            var result = await new FuzzRun(host, seed, weighs: false, EachSender).RunAsync(mouth, Longest, TestContext.Current.CancellationToken);
            output.WriteLine($"{result}");

            Assert.Equal([], result.Faults);
            Assert.True(result.Inputs > 0, mouth.Name);
        }
    }
}
