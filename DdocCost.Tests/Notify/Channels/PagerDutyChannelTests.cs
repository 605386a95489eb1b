using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.PagerDuty;
using DdocCost.Jobs.Notify.Channels.Stories;
using DdocCost.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Incidents in PagerDuty, against a stand-in of its Events API v2.</summary>
public sealed class PagerDutyChannelTests : IAsyncLifetime
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    private ServiceStandIn _pagerDuty = null!;
    private AdapterBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _pagerDuty = await ServiceStandIn.StartAsync();
        _pagerDuty.Answer = (http, request) =>
        {
            var broken = Broken(request.Path, JsonNode.Parse(request.Body)!.AsObject());
            http.Response.StatusCode = broken.Count == 0 ? 202 : 400;
            return http.Response.WriteAsync(broken.Count == 0 ? """{"status":"success"}""" : $$"""{"status":"invalid event","errors":["{{string.Join("\",\"", broken)}}"]}""");
        };
        _bench = new AdapterBench(("Notify:Services:PagerDuty", _pagerDuty.Url));
    }

    [Fact]
    public async Task One_case_is_one_incident_from_its_first_alert_to_its_end()
    {
        foreach (var notice in (Notice[])[Notices.Opened(), Notices.Escalated(), Notices.Changed(), Notices.Closed()])
        {
            Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(PagerDuty(), Notices.Message(notice)));
        }

        var events = _pagerDuty.Requests.Select(request => JsonNode.Parse(request.Body)!).ToList();
        Assert.Equal(["trigger", "trigger", "acknowledge", "resolve"], events.Select(e => (string?)e["event_action"]));
        Assert.Equal("ddoc/default/case/case-1", Assert.Single(events.Select(e => (string?)e["dedup_key"]).Distinct()));
        Assert.Equal("critical", (string?)events[0]["payload"]!["severity"]);
        Assert.Equal("$417.02/h", (string?)events[0]["payload"]!["custom_details"]!["Costs now"]);
    }

    [Fact]
    public async Task A_change_that_is_no_acknowledgement_leaves_the_incident_alone()
    {
        await _bench.SendAsync(PagerDuty(), Notices.Message(Notices.Changed("2 of 16 left") with { Decisions = [] }));

        Assert.Empty(_pagerDuty.Requests);
    }

    [Fact]
    public async Task A_digest_wakes_nobody()
    {
        Assert.IsType<SendOutcome.Accepted>(await _bench.SendAsync(PagerDuty(), Notices.Message(Notices.Digest())));

        Assert.Equal("/v2/change/enqueue", Assert.Single(_pagerDuty.Requests).Path);
    }

    [Fact]
    public async Task A_test_opens_an_incident_and_closes_it_again()
    {
        await _bench.SendAsync(PagerDuty(), Notices.Message(new TestNotice { By = "alice" }));

        Assert.Equal(["trigger", "resolve"], _pagerDuty.Requests.Select(request => (string?)JsonNode.Parse(request.Body)!["event_action"]));
    }

    [Fact]
    public async Task An_alarm_about_ourselves_ends_when_it_is_over()
    {
        var alarm = new HealthAlarm { Subject = new string('x', 500), Title = "The trail is quiet", Text = "No records for 3 hours.", Since = Notices.At };
        await _bench.SendAsync(PagerDuty(), Notices.Message(alarm));
        await _bench.SendAsync(PagerDuty(), Notices.Message(alarm with { IsOver = true }));

        var events = _pagerDuty.Requests.Select(request => JsonNode.Parse(request.Body)!).ToList();
        Assert.Equal(["trigger", "resolve"], events.Select(e => (string?)e["event_action"]));
        Assert.Single(events.Select(e => (string?)e["dedup_key"]).Distinct());
    }

    [Theory]
    [InlineData(429, "Busy")]
    [InlineData(500, "Busy")]
    [InlineData(400, "Refused")]
    public async Task Takes_a_status_for_what_it_means(int status, string outcome)
    {
        _pagerDuty.Next(status, "");

        Assert.Equal(outcome, (await _bench.SendAsync(PagerDuty(), Notices.Message(Notices.Opened()))).GetType().Name);
    }

    [Fact]
    public void Keeps_within_the_limits_whatever_is_told() => Evil.Notice.Sample(notice =>
    {
        var message = Notices.Message(notice);
        var story = StoryTeller.Tell(message, null);

        Assert.Empty(Broken("/v2/enqueue", JsonNode.Parse(PagerDutyEvent.Incident(Key, "trigger", message, story).ToJsonString())!.AsObject()));
    }, iter: 40);

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _pagerDuty.DisposeAsync();
    }

    private Channel PagerDuty() => _bench.Channel(ChannelKind.PagerDuty, [("routingKey", Key)]);

    /// <summary>What PagerDuty's reference asks of an event.</summary>
    private static List<string> Broken(string path, JsonObject sent)
    {
        var broken = new List<string>();
        void Check(bool holds, string rule)
        {
            if (!holds)
            {
                broken.Add(rule);
            }
        }

        Check(((string?)sent["routing_key"])?.Length == 32, "routing_key");
        Check(((string?)sent["payload"]?["summary"])?.Length is >= 1 and <= 1024, "summary");
        Check(Encoding.UTF8.GetByteCount(sent.ToJsonString()) <= 512 * 1024, "512 KB");
        if (path == "/v2/enqueue")
        {
            Check((string?)sent["event_action"] is "trigger" or "acknowledge" or "resolve", "event_action");
            Check(((string?)sent["dedup_key"])?.Length is >= 1 and <= 255, "dedup_key");
            Check((string?)sent["payload"]!["severity"] is "critical" or "error" or "warning" or "info", "severity");
            Check(((string?)sent["payload"]!["source"])?.Length >= 1, "source");
        }

        return broken;
    }
}
