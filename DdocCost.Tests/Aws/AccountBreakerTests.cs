using DdocCost.Domain.Governance;
using DdocCost.Jobs.Aws;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DdocCost.Tests.Aws;

/// <summary>An account into which no call gets is left alone for a while; one that answers, whatever it says, is not.</summary>
public sealed class AccountBreakerTests
{
    private static readonly AwsOperation WhoAmI = AwsServices.Sts.Operation("GetCallerIdentity") with { BringsEvents = true };

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rests_after_failures_in_a_row_tries_once_later_and_goes_on_when_that_works()
    {
        await using var aws = await AwsStandIn.StartAsync();
        var breakers = new Breakers(_clock);
        await using var host = Host(aws, breakers);
        var client = host.Clients.For("acme", AwsHost.Account(), "eu-west-1");
        aws.Keys.Clear(); // the account's keys were taken away
        for (var failure = 0; failure < BreakerRules.Threshold; failure++)
        {
            Assert.True((await Assert.ThrowsAsync<AwsException>(() => AskAsync(client))).IsBadCredentials);
        }

        var calls = aws.Calls.Count;
        var resting = await Assert.ThrowsAsync<AwsException>(() => AskAsync(client));

        Assert.Equal((AwsException.Resting, calls), (resting.Code, aws.Calls.Count));
        Assert.Contains("rest until 12:00:15 UTC", MissingPermission.Describe(resting), StringComparison.Ordinal);
        Assert.Equal(AwsClients.BreakerOf("acme", AwsHost.Account()), Assert.Single(await breakers.ListAsync(Stop)).Name);
        await host.Clients.For("other", AwsHost.Account(), "eu-west-1").QueryAsync(WhoAmI, [], Stop).ContinueWith(_ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default);
        Assert.True(aws.Calls.Count > calls); // another tenant's connection is its own

        aws.Keys["AKIASTANDIN000000001"] = "stand-in-secret";
        _clock.Advance(BreakerRules.First + TimeSpan.FromSeconds(1));
        await AskAsync(client);
        await AskAsync(client);
        Assert.DoesNotContain(await breakers.ListAsync(Stop), breaker => breaker.Name == AwsClients.BreakerOf("acme", AwsHost.Account()));
    }

    [Fact]
    public async Task A_person_ends_the_rest()
    {
        await using var aws = await AwsStandIn.StartAsync();
        var breakers = new Breakers(_clock);
        await using var host = Host(aws, breakers);
        var client = host.Clients.For("acme", AwsHost.Account(), "eu-west-1");
        aws.Keys.Clear();
        for (var failure = 0; failure < BreakerRules.Threshold; failure++)
        {
            await Assert.ThrowsAsync<AwsException>(() => AskAsync(client));
        }

        aws.Keys["AKIASTANDIN000000001"] = "stand-in-secret";
        await breakers.ResetAsync(AwsClients.BreakerOf("acme", AwsHost.Account()), Stop);

        await AskAsync(client);
    }

    [Fact]
    public async Task A_refused_permission_and_being_asked_to_slow_down_are_answers()
    {
        await using var aws = await AwsStandIn.StartAsync();
        var breakers = new Breakers(_clock);
        await using var host = Host(aws, breakers);
        var client = host.Clients.For("acme", AwsHost.Account(), "eu-west-1");
        foreach (var (status, code) in new[] { (403, "AccessDenied"), (400, "ThrottlingException") })
        {
            aws.Answers["sts:GetCallerIdentity"] = _ => StandInAnswer.Error(status, code, "no");
            for (var failure = 0; failure < BreakerRules.Threshold; failure++)
            {
                Assert.Equal(code, (await Assert.ThrowsAsync<AwsException>(() => AskAsync(client))).Code);
            }
        }

        Assert.Empty(await breakers.ListAsync(Stop));
    }

    private static AwsHost Host(AwsStandIn aws, Breakers breakers)
    {
        aws.Answers["sts:GetCallerIdentity"] = _ => StandInAnswer.Xml("<R><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult></R>");
        return new AwsHost(services => services.AddSingleton<ICircuitBreakers>(breakers), ("AWS_ENDPOINT_URL", aws.Url), ("Aws:Attempts", "1"));
    }

    private static Task<System.Xml.Linq.XElement> AskAsync(AwsClient client) => client.QueryAsync(WhoAmI, [], Stop);

    /// <summary>Breakers by the product's own rules, with the test's clock.</summary>
    private sealed class Breakers(TimeProvider clock) : ICircuitBreakers
    {
        private readonly Dictionary<string, BreakerState> _states = [];

        public ValueTask<DateTimeOffset?> OpenUntilAsync(string name, CancellationToken cancellationToken)
        {
            var (until, after) = BreakerRules.Ask(_states.GetValueOrDefault(name), clock.GetUtcNow());
            if (after is not null)
            {
                _states[name] = after;
            }

            return new(until);
        }

        public ValueTask SucceededAsync(string name, CancellationToken cancellationToken)
        {
            _states.Remove(name);
            return ValueTask.CompletedTask;
        }

        public ValueTask<bool> FailedAsync(string name, string reason, CancellationToken cancellationToken)
        {
            _states[name] = BreakerRules.Fail(_states.GetValueOrDefault(name), name, reason, clock.GetUtcNow());
            return new(_states[name].OpenUntil is not null);
        }

        public ValueTask<IReadOnlyList<BreakerState>> ListAsync(CancellationToken cancellationToken) => new([.. _states.Values]);

        public ValueTask ResetAsync(string name, CancellationToken cancellationToken) => SucceededAsync(name, cancellationToken);
    }
}
