using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using CsCheck;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Sns;
using DdocCost.Jobs.Notify.Channels.Stories;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Amazon SNS, over its wire protocol.</summary>
public sealed class SnsChannelTests(PostgresServer postgres)
{
    private const string Arn = "arn:aws:sns:eu-central-1:111122223333:costs";

    [Fact]
    public async Task Publishes_for_programs_for_mail_and_for_telephones_and_takes_refusals_for_what_they_are()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.Answers["sns:Publish"] = _ => StandInAnswer.Xml("<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIASTANDIN000000001");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "stand-in-secret");
        await using var bench = await AdapterBench.WithDatabaseAsync(postgres, ("Aws:Endpoints:SNS", aws.Url), ("Aws:Attempts", "1"));
        var channel = bench.Channel(ChannelKind.Sns, [], ("topicArn", Arn));

        Assert.Equal("MessageId m-1", Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(channel, Notices.Message(Notices.Opened()))).Answer);

        var form = HttpUtility.ParseQueryString(Assert.Single(aws.CallsOf("sns:Publish")).Body);
        Assert.Equal(Arn, form["TopicArn"]);
        var parts = JsonNode.Parse(form["Message"]!)!;
        Assert.Equal("case.opened", (string?)JsonNode.Parse((string)parts["default"]!)!["type"]);
        Assert.Contains("Costs now: $417.02/h", (string?)parts["email"], StringComparison.Ordinal);
        aws.Answers["sns:Publish"] = _ => StandInAnswer.Error(404, "NotFound", "Topic does not exist");
        Assert.IsType<SendOutcome.Refused>(await bench.SendAsync(channel, Notices.Message(Notices.Opened())));
        aws.Answers["sns:Publish"] = _ => StandInAnswer.Error(503, "ServiceUnavailable", "later");
        Assert.IsType<SendOutcome.Busy>(await bench.SendAsync(channel, Notices.Message(Notices.Opened())));
    }

    [Fact]
    public void Keeps_within_256_KB_and_with_a_subject_that_SNS_takes_whatever_is_told() => Evil.Notice.Sample(notice =>
    {
        var message = Notices.Message(notice);
        var sent = SnsMessage.Of(Arn + ".fifo", message, StoryTeller.Tell(message, null)).ToDictionary();

        Assert.Matches("^[!-~][ -~]{0,98}$", sent["Subject"]);
        Assert.True(sent.Sum(pair => Encoding.UTF8.GetByteCount(pair.Value)) <= 256 * 1024);
        Assert.NotNull(JsonNode.Parse(sent["Message"])!["default"]);
        Assert.Equal(message.Id.ToString(), sent["MessageDeduplicationId"]);
    }, seed: "bBOgsYG62twa", iter: 40); // first one whose text has less than 60,000 characters, of which each is six bytes of JSON

    [Theory]
    [InlineData("")]
    [InlineData("arn:aws:sqs:eu-central-1:111122223333:costs")]
    [InlineData("arn:aws:sns:eu-central-1:111122223333:costs/../x")]
    public async Task Wants_the_ARN_of_a_topic(string arn)
    {
        await using var bench = new AdapterBench();
        Assert.Single(bench.Adapter(ChannelKind.Sns).Problems(bench.Channel(ChannelKind.Sns, [], ("topicArn", arn))));
    }
}
