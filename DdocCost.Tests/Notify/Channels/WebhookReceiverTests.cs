using System.Net.Http.Json;
using DdocCost.Domain.Notify;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>The example of a receiver, as the documentation runs it.</summary>
public sealed class WebhookReceiverTests
{
    [Fact]
    public async Task The_documented_receiver_takes_what_we_sign_once_and_nothing_else()
    {
        const string secret = "sixteen-characters-or-more";
        var port = ServerProcess.FreePort();
        using var receiver = await NodeServer.StartAsync("../../ops/webhook-receiver.mjs", port, $"{port}", ("WEBHOOK_SECRET", secret));
        await using var bench = new AdapterBench();
        var channel = bench.Channel(ChannelKind.Webhook, [("secret", secret)], ("url", $"http://127.0.0.1:{port}/"));
        var message = Notices.Message(Notices.Opened());

        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(channel, message));
        Assert.IsType<SendOutcome.Accepted>(await bench.SendAsync(channel, message with { Attempt = 2 }));
        using var client = new HttpClient();
        using var forged = await client.PostAsJsonAsync($"http://127.0.0.1:{port}/", new { type = "case.opened" }, TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)forged.StatusCode);
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Tail.Contains("case.opened (critical)", StringComparison.Ordinal)), "what it prints");
        Assert.Single(receiver.Tail.Split('\n'), line => line.StartsWith("case.opened", StringComparison.Ordinal));
    }
}
