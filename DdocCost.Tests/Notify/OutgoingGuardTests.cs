using System.Net;
using System.Net.Sockets;
using DdocCost.Jobs.Notify;
using Microsoft.Extensions.Options;

namespace DdocCost.Tests.Notify;

public sealed class OutgoingGuardTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.8")]
    [InlineData("169.254.169.254")] // instance metadata
    [InlineData("192.168.1.1")]
    [InlineData("172.31.255.255")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.8")]
    [InlineData("64:ff9b::a00:8")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    public void Refuses_an_internal_address(string address) => Assert.False(new OutgoingGuard([]).Allows("example.com", IPAddress.Parse(address)));

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946")]
    public void Lets_a_public_address_pass(string address) => Assert.True(new OutgoingGuard([]).Allows("example.com", IPAddress.Parse(address)));

    [Fact]
    public void Lets_pass_what_is_allowed_by_network_address_or_name()
    {
        var guard = new OutgoingGuard(["10.1.0.0/16", "192.168.7.7", "relay.internal"]);

        Assert.True(guard.Allows("x", IPAddress.Parse("10.1.2.3")));
        Assert.True(guard.Allows("x", IPAddress.Parse("192.168.7.7")));
        Assert.True(guard.Allows("Relay.Internal", IPAddress.Parse("10.9.9.9")));
        Assert.False(guard.Allows("x", IPAddress.Parse("10.2.0.1")));
        Assert.False(guard.Allows("x", IPAddress.Parse("192.168.7.8")));
    }

    [Fact]
    public async Task Nothing_reaches_an_internal_server_by_name_or_by_redirect()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var http = new OutgoingHttp(Options.Create(new NotifyOptions()));

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.Client.GetAsync($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/", Stop));

        Assert.IsType<InternalAddressException>(refused.InnerException);
        Assert.False(listener.Pending());
    }
}
