using System.Text;
using DdocCost.Domain.Ingestion;
using DdocCost.Jobs.Polling;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Benchmarks.Fuzzing;

/// <summary>What comes without a request of our server: files of folders and buckets, and bodies of queues.</summary>
internal static class ReaderMouths
{
    /// <summary>All of them.</summary>
    public static IEnumerable<FuzzMouth> Of(FuzzHost host)
    {
        var intake = host.Services.GetRequiredService<Intake>();
        yield return new FuzzMouth("files", async (random, token) =>
        {
            var sample = Samples.Trails[random.Next(Samples.Trails.Length)];
            var input = random.Next(2) == 0 ? Mutator.Spoil(sample, random) : Mutator.Spoil(Mutator.Gzip(sample, random), random);
            var delivery = new Delivery(Mutator.Spoil("AWSLogs/111122223333/CloudTrail/x.json.gz", random), DateTimeOffset.UtcNow, () => new MemoryStream(input)) { IsBesideTrail = random.Next(2) == 0 };
            return await TryAsync(input, async () =>
            {
                var outcome = await intake.TakeAsync(FuzzHost.Tenant, "folder:/fuzz", [delivery], token);
                return outcome.Failed is [var failed, ..] ? throw new InvalidOperationException(failed.Reason) : "taken";
            });
        });
        yield return new FuzzMouth("queues", (random, _) =>
        {
            var input = Mutator.Spoil(Encoding.UTF8.GetString(Samples.Notices[random.Next(Samples.Notices.Length)]), random);
            return TryAsync(Encoding.UTF8.GetBytes(input), () => Task.FromResult(ObjectNotices.Read(input) is { } notices ? notices.Count > 0 ? "tells" : "tells nothing" : "not understood"));
        });
    }

    private static async Task<FuzzAnswer> TryAsync(byte[] input, Func<Task<string>> read)
    {
        try
        {
            return new FuzzAnswer(await read(), null, input);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new FuzzAnswer("threw", error.ToString(), input);
        }
    }
}
