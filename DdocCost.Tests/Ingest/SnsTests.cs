using System.Net;
using DdocCost.App.Ingest.Push;
using DdocCost.App.Ingest.Sns;
using DdocCost.Tests.Ingestion.Reader;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Ingest;

/// <summary>What Amazon SNS posts, signed by a stand-in for it, to the real application.</summary>
public sealed class SnsTests(IngestHost host) : IClassFixture<IngestHost>
{
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Takes_what_SNS_signed(string version)
    {
        var (source, _) = await host.SourceAsync(PushKind.SnsTopic, topics: [SnsStandIn.Topic]);

        var answer = await host.PostAsync(host.Sns.Notification(Trail.Envelope(RunInstance(1)), version), null, SnsStandIn.From(source));

        Assert.Equal((HttpStatusCode.Accepted, 1L), (answer.Status, answer.Records));
        Assert.InRange(host.Sns.Fetched, 1, 1); // the certificate is fetched once for all tests here
    }

    [Fact]
    public async Task Refuses_what_SNS_did_not_sign()
    {
        var (source, _) = await host.SourceAsync(PushKind.SnsTopic, topics: [SnsStandIn.Topic]);
        using var forger = System.Security.Cryptography.RSA.Create(2048);
        (string Why, byte[] Body)[] forged =
        [
            ("message changed", host.Sns.Notification("{}", tamper: f => f["Message"] = Trail.Envelope(RunInstance(1)))),
            ("topic changed", host.Sns.Notification("{}", topic: "arn:aws:sns:eu-west-1:999999999999:x", tamper: f => f["TopicArn"] = SnsStandIn.Topic)),
            ("another topic", host.Sns.Notification("{}", topic: "arn:aws:sns:eu-west-1:999999999999:x")),
            ("no signature", host.Sns.Notification("{}", tamper: f => f["Signature"] = "")),
            ("signature of somebody", host.Sns.Notification("{}", tamper: f => f["Signature"] = Convert.ToBase64String(forger.SignData("x"u8.ToArray(), System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1)))),
            ("version 3", host.Sns.Notification("{}", tamper: f => f["SignatureVersion"] = "3")),
            ("version changed", host.Sns.Notification("{}", "2", tamper: f => f["SignatureVersion"] = "1")),
            ("certificate elsewhere", host.Sns.Notification("{}", tamper: f => f["SigningCertURL"] = "https://sns.eu-west-1.amazonaws.com.evil.example/x.pem")),
            ("certificate in a bucket", host.Sns.Notification("{}", tamper: f => f["SigningCertURL"] = "https://s3.amazonaws.com/x.pem")),
            ("certificate without TLS", host.Sns.Notification("{}", tamper: f => f["SigningCertURL"] = "http://sns.eu-west-1.amazonaws.com/x.pem")),
            ("not a certificate", host.Sns.Notification("{}", tamper: f => f["SigningCertURL"] = $"http://{host.Sns.Host}/?token=x")),
            ("confirmation that leads elsewhere", host.Sns.Confirmation("forged", f => f["SubscribeURL"] = "http://169.254.169.254/latest")),
        ];

        foreach (var (why, body) in forged)
        {
            var answer = await host.PostAsync(body, null, SnsStandIn.From(source));
            Assert.True(answer.Status == HttpStatusCode.Forbidden, $"{why}: {answer}");
        }

        Assert.Null(await host.TallyAsync(source));
        Assert.DoesNotContain("forged", host.Sns.Confirmed);
    }

    [Theory]
    [InlineData("SimpleNotificationService-gone", HttpStatusCode.Forbidden)] // there is no such certificate, whoever asks how often
    [InlineData("SimpleNotificationService-503", HttpStatusCode.ServiceUnavailable)] // not to be had now: to be sent again
    public async Task Tells_a_certificate_that_is_not_there_from_one_that_cannot_be_had_now(string file, HttpStatusCode expected)
    {
        var (source, _) = await host.SourceAsync(PushKind.SnsTopic, topics: [SnsStandIn.Topic]);

        var answer = await host.PostAsync(
            host.Sns.Notification(Trail.Envelope(RunInstance(1)), tamper: f => f["SigningCertURL"] = $"http://{host.Sns.Host}/{file}.pem"), null, SnsStandIn.From(source));

        Assert.Equal(expected, answer.Status);
        Assert.Equal(expected == HttpStatusCode.ServiceUnavailable, answer.RetryAfter is not null);
        Assert.Equal(expected == HttpStatusCode.ServiceUnavailable, answer.Detail!.StartsWith("Amazon SNS cannot be asked at the moment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refuses_a_message_that_is_larger_than_SNS_sends_any()
    {
        var (source, _) = await host.SourceAsync(PushKind.SnsTopic, topics: [SnsStandIn.Topic]);

        var answer = await host.PostAsync(new byte[SnsMessage.Largest + 1], null, SnsStandIn.From(source));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    [Fact]
    public async Task Confirms_a_subscription_of_a_topic_that_is_wanted()
    {
        var (source, _) = await host.SourceAsync(PushKind.SnsTopic, topics: [SnsStandIn.Topic]);
        var (other, _) = await host.SourceAsync(PushKind.SnsTopic, topics: ["arn:aws:sns:eu-west-1:111122223333:other"]);

        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(host.Sns.Confirmation("wanted"), null, SnsStandIn.From(source))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync(host.Sns.Confirmation("unwanted"), null, SnsStandIn.From(other))).Status);

        Assert.Contains("wanted", host.Sns.Confirmed);
        Assert.DoesNotContain("unwanted", host.Sns.Confirmed);
    }
}
