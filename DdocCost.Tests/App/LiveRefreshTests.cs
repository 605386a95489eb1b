using DdocCost.App.Live;
using DdocCost.Jobs.Live;
using Microsoft.Extensions.Time.Testing;

namespace DdocCost.Tests.App;

public sealed class LiveRefreshTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LiveFeed _feed = new();
    private int _refreshes;

    [Fact]
    public void A_burst_of_updates_is_one_refresh_now_and_one_after_the_interval()
    {
        using var refresh = Subscribe();
        for (var i = 0; i < 1000; i++)
        {
            _feed.Publish(Update("t"));
        }

        Assert.Equal(1, _refreshes);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _refreshes);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, _refreshes);
    }

    [Fact]
    public void An_update_after_a_quiet_time_is_shown_at_once()
    {
        using var refresh = Subscribe();
        _feed.Publish(Update("t"));
        _time.Advance(TimeSpan.FromMinutes(1));

        _feed.Publish(Update("t"));

        Assert.Equal(2, _refreshes);
    }

    [Fact]
    public void Another_tenants_updates_refresh_nothing()
    {
        using var refresh = Subscribe();

        _feed.Publish(Update("another"));

        Assert.Equal(0, _refreshes);
    }

    [Fact]
    public void When_nobody_knows_what_changed_every_page_looks()
    {
        using var refresh = Subscribe(_ => false);
        _feed.Publish(Update("t"));
        Assert.Equal(0, _refreshes);

        _feed.PublishUnknown();

        Assert.Equal(1, _refreshes);
    }

    [Fact]
    public void A_closed_page_is_not_refreshed()
    {
        var refresh = Subscribe();
        _feed.Publish(Update("t"));
        _feed.Publish(Update("t"));
        refresh.Dispose();

        _time.Advance(TimeSpan.FromMinutes(1));
        _feed.Publish(Update("t"));

        Assert.Equal(1, _refreshes);
    }

    private static LiveUpdate Update(string tenant) => new(tenant, "1", DateTimeOffset.UnixEpoch, 1, 1, [], []);

    private LiveRefresh Subscribe(Func<LiveUpdate, bool>? matters = null) => new(
        _feed, "t", () =>
        {
            _refreshes++;
            return Task.CompletedTask;
        }, _time, TimeSpan.FromSeconds(1), matters);
}
