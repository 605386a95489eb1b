using System.Net;
using System.Net.WebSockets;
using DdocCost.Protos.Agent.V1;
using DdocCost.Tests.Support;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace DdocCost.Tests.Install;

/// <summary>Through Caddy, as the world sees the product.</summary>
public sealed class CaddyTests(CaddyFront front) : IClassFixture<CaddyFront>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_carry_the_hardened_headers_once_each_and_name_no_server()
    {
        using var visitor = front.Visitor();

        using var answer = await visitor.GetAsync("/sign-in", Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string[] expected = ["Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"];
        Assert.All(expected, name => Assert.Single(answer.Headers.GetValues(name)));
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Headers, header => header.Key is "Server" or "X-Powered-By");
    }

    [Fact]
    public async Task Plain_HTTP_is_sent_to_HTTPS()
    {
        using var visitor = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var answer = await visitor.GetAsync(new Uri(front.PlainAddress, "/sign-in"), Stop);

        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal("https", answer.Headers.Location!.Scheme);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health/ready")]
    [InlineData("/health/deep")]
    public async Task What_supervisors_ask_is_not_to_be_had_from_outside(string path)
    {
        using var visitor = front.Visitor();

        using var answer = await visitor.GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_job_dashboard_is_out_of_reach_without_a_sign_in()
    {
        using var visitor = front.Visitor();
        using var stranger = await visitor.GetAsync("/hangfire/servers", Stop);
        using var pretending = new HttpRequestMessage(HttpMethod.Get, "/hangfire/servers");
        pretending.Headers.Add("Cookie", "ddoc.session=made-up");
        using var pretender = front.Visitor();
        using var refused = await pretender.SendAsync(pretending, Stop);

        Assert.Equal((HttpStatusCode.Found, "/sign-in?returnUrl=%2Fhangfire"), (stranger.StatusCode, stranger.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData("/sign-in", 3_000_000, true)]
    [InlineData("/ingest/v1/cloudtrail", 3_000_000, false)]
    public async Task Bodies_are_bounded(string path, int bytes, bool isTooLarge)
    {
        using var visitor = front.Visitor();
        using var body = new ByteArrayContent(new byte[bytes]);
        body.Headers.ContentType = new("application/x-www-form-urlencoded"); // the form has to be read; what is no form is refused before all of it is there

        HttpStatusCode? status = null;
        try
        {
            using var answer = await visitor.PostAsync(path, body, Stop);
            status = answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The connection is closed before all of it is sent: refused too.
        }

        Assert.Equal(isTooLarge, status is null or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadGateway);
        Assert.Equal(isTooLarge, status != HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Nobody_passes_himself_off_as_another_address_host_or_scheme()
    {
        using var visitor = front.Visitor();
        visitor.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.66");
        visitor.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        visitor.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");
        visitor.DefaultRequestHeaders.Add("Forwarded", "for=203.0.113.66;host=evil.example;proto=http");

        using var page = await visitor.GetAsync("/", Stop);
        using var signIn = await CaddyFront.PostAsync(visitor, "/sign-in", new("Form.Name", "intruder"), new("Form.Password", "wrong horse battery"));

        Assert.DoesNotContain("evil.example", $"{page.Headers} {signIn.Headers} {await page.Content.ReadAsStringAsync(Stop)}", StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Task.FromResult(front.Printed.Contains("Sign-in as intruder from", StringComparison.Ordinal)), "the refused sign-in in the log");
        Assert.Matches("Sign-in as intruder from (127.0.0.1|::1|::ffff:127.0.0.1) was refused", front.Printed);
        Assert.DoesNotContain("203.0.113.66", front.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_signs_in_and_hears_live_updates_over_a_web_socket()
    {
        var cookies = new CookieContainer();
        using var browser = front.Visitor(cookies);

        using var signedIn = await CaddyFront.PostAsync(browser, "/sign-in", new("Form.Name", CaddyFront.Name), new("Form.Password", CaddyFront.Password));

        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.True(cookies.GetCookies(front.Address)["ddoc.session"]!.Secure);
        await using var connection = new HubConnectionBuilder().WithUrl(new Uri(front.Address, "/hubs/live"), HttpTransportType.WebSockets, options =>
        {
            options.Cookies = cookies;
            options.HttpMessageHandlerFactory = _ => front.Handler(cookies);
            options.WebSocketConfiguration = socket => socket.RemoteCertificateValidationCallback = (_, certificate, _, _) => front.IsOurs(certificate!);
        }).Build();
        await connection.StartAsync(Stop);
        Assert.Equal(HubConnectionState.Connected, connection.State);
    }

    [Fact]
    public async Task A_web_socket_without_a_sign_in_is_refused()
    {
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => front.IsOurs(certificate!);

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(front.Address) { Scheme = "wss", Path = "/hubs/live" }.Uri, Stop));

        Assert.NotEqual(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task Agents_speak_gRPC_at_the_same_address()
    {
        using var channel = GrpcChannel.ForAddress(front.Address, new GrpcChannelOptions { HttpHandler = front.Handler() });
        var client = new AgentIntake.AgentIntakeClient(channel);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await client.EnrolAsync(new EnrolRequest { Token = "not-a-token", HostName = "x" }, cancellationToken: Stop));

        Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
    }
}
