using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Archive;
using DdocCost.Jobs.Aws;
using DdocCost.Tests.Sources;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Archive;

/// <summary>The trail's own signed digests tell whether our archive has what CloudTrail delivered.</summary>
public sealed class TrailDigestTests(PostgresServer postgres) : IDisposable
{
    private const string Bucket = "trail";
    private readonly RSA _key = RSA.Create(2048);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_digest_is_believed_by_its_signature_its_place_and_the_one_before()
    {
        var (first, firstText, firstSignature) = Digest("k/1", previous: null, []);
        var (second, _, secondSignature) = Digest("k/2", (first, firstSignature), [("log", "00")]);
        var publicKey = _key.ExportRSAPublicKey();

        Assert.Null(first.Problem(Bucket, "k/1", firstSignature, publicKey));
        Assert.Null(second.Problem(Bucket, "k/2", secondSignature, publicKey));
        Assert.Null(second.BrokenChain(first));
        Assert.Equal([("log", "00")], second.LogFiles);

        Assert.Contains("is not signed", second.Problem(Bucket, "k/2", firstSignature, publicKey), StringComparison.Ordinal);
        Assert.Contains("is not signed", second.Problem(Bucket, "k/2", "no hexadecimal", publicKey), StringComparison.Ordinal);
        Assert.Contains("it was moved", second.Problem(Bucket, "k/3", secondSignature, publicKey), StringComparison.Ordinal);
        Assert.Contains("does not have", second.Problem(Bucket, "k/2", secondSignature, publicKey: null), StringComparison.Ordinal);
        Assert.Contains("is gone", second.BrokenChain(null), StringComparison.Ordinal);
        var changed = TrailDigest.Read(Encoding.UTF8.GetBytes(firstText.Replace("logFiles", "logfiles", StringComparison.Ordinal) + " "));
        Assert.Null(changed);
        Assert.Contains("is not the one", second.BrokenChain(TrailDigest.Read(Encoding.UTF8.GetBytes(firstText + " "))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_log_files_that_were_changed_or_never_came()
    {
        await using var aws = await AwsStandIn.StartAsync();
        var logs = Enumerable.Range(1, 3).Select(n => (Key: $"AWSLogs/{SourceBench.Account}/CloudTrail/eu-west-1/2026/09/07/{n}.json.gz", Content: Log(RunInstance(n)))).ToList();
        const string Folder = $"AWSLogs/{SourceBench.Account}/CloudTrail-Digest/";
        const string DigestKey = $"{Folder}eu-west-1/2026/09/07/d.json.gz";
        var now = DateTimeOffset.UtcNow;
        var (_, text, signature) = Digest(DigestKey, previous: null, [.. logs.Select(log => (log.Key, Hash(log.Content)))]);
        aws.Answers["cloudtrail:ListPublicKeys"] = _ => StandInAnswer.Json(new { PublicKeyList = new[] { new { Fingerprint = "f", Value = Convert.ToBase64String(_key.ExportRSAPublicKey()) } } });
        aws.Otherwise = call => call.Query("delimiter") is not null
            ? StandInAnswer.Xml($"<ListBucketResult><CommonPrefixes><Prefix>{Folder}eu-west-1/</Prefix></CommonPrefixes></ListBucketResult>")
            : call.Query("list-type") is not null
                ? StandInAnswer.Xml($"<ListBucketResult><Contents><Key>{DigestKey}</Key><Size>1</Size><LastModified>{now.AddHours(-5):O}</LastModified></Contents></ListBucketResult>")
                : new StandInAnswer(200, text, "application/octet-stream") { Headers = new Dictionary<string, string> { ["x-amz-meta-signature"] = signature } };
        await using var bench = await SourceBench.StartAsync(postgres, aws.Url);
        await bench.Pipeline.TakeAsync(SourceBench.Tenant, Delivery(logs[0].Key, logs[0].Content), Delivery(logs[1].Key, Log(RunInstance(7)))); // the second is another than was delivered
        var source = new TrailSource.TrailBucket { Bucket = Bucket, Region = "eu-west-1" };
        var job = new DigestCheckJob(
            bench.Pipeline.Get<AwsClients>(), bench.Pipeline.Get<IRawArchive>(), bench.Pipeline.Get<NpgsqlDataSource>(), bench.Pipeline.Get<IDocumentStore>(),
            new FakeTimeProvider(now), NullLogger<DigestCheckJob>.Instance);

        await job.CheckAsync(SourceBench.Tenant, SourceBench.With(source), source, Stop);

        var health = Assert.Single(await bench.Pipeline.DocumentsAsync<ArchiveHealth>(SourceBench.Tenant));
        Assert.Equal((SourceBench.Account, 1, 2, false), (health.Id, health.Digests, health.LogFiles, health.IsSound));
        Assert.Equal([$"{logs[1].Key} is not what CloudTrail delivered", $"{logs[2].Key} is in a digest and never came to us"], health.DigestProblems.Order(StringComparer.Ordinal));
    }

    private (TrailDigest Digest, string Text, string Signature) Digest(string key, (TrailDigest Digest, string Signature)? previous, (string Key, string Hash)[] logFiles)
    {
        var text = JsonSerializer.Serialize(new
        {
            awsAccountId = SourceBench.Account, digestEndTime = "2026-09-07T01:00:00Z", digestS3Bucket = Bucket, digestS3Object = key, digestPublicKeyFingerprint = "f",
            previousDigestS3Object = previous?.Digest.Place.Key, previousDigestHashValue = previous?.Digest.Hash, previousDigestSignature = previous?.Signature,
            logFiles = logFiles.Select(file => new { s3Bucket = Bucket, s3Object = file.Key, hashValue = file.Hash, hashAlgorithm = "SHA-256" }),
        });
        // The text that CloudTrail signs, put together as its documentation has it.
        var signed = $"2026-09-07T01:00:00Z\n{Bucket}/{key}\n{Hash(Encoding.UTF8.GetBytes(text))}\n{previous?.Signature ?? "null"}";
        var signature = Convert.ToHexStringLower(_key.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return (TrailDigest.Read(Encoding.UTF8.GetBytes(text))!, text, signature);
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
