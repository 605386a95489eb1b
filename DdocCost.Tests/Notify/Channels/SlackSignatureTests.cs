using System.Text;
using DdocCost.Jobs.Notify.Channels.Slack;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Slack's signature.</summary>
public sealed class SlackSignatureTests
{
    private const string Body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    /// <summary>The example of Slack's documentation.</summary>
    [Fact]
    public void Is_the_one_that_Slack_documents() => Assert.Equal(
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        SlackSignature.Of("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", Encoding.UTF8.GetBytes(Body)));

    [Theory]
    [InlineData(0, true)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void Is_good_for_five_minutes(int seconds, bool fresh) =>
        Assert.Equal(fresh, SlackSignature.IsFresh($"{1_700_000_000 + seconds}", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("99999999999999999999")]
    public void A_time_that_is_none_is_not_fresh(string? timestamp) => Assert.False(SlackSignature.IsFresh(timestamp, DateTimeOffset.UtcNow));
}
