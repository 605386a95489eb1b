using System.Security.Cryptography.X509Certificates;
using DdocCost.Agent.Uplink;
using DdocCost.Protos.Agent.V1;
using DdocCost.Tests.Support;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace DdocCost.Tests.Ingest;

/// <summary>Whom the agent talks to: a server whose certificate nobody has signed, on this machine.</summary>
public sealed class AgentTlsTests : IDisposable
{
    private readonly TestCertificate _certificate = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task Talks_to_a_server_that_signed_itself_only_where_its_key_is_pinned()
    {
        using var certificate = X509Certificate2.CreateFromPemFile(_certificate.CertificateFile, _certificate.KeyFile);
        using var other = new TestCertificate();
        using var othersCertificate = X509CertificateLoader.LoadCertificateFromFile(other.CertificateFile);
        await using var server = await StartAsync(certificate);

        // Through TLS and to a server that has no such service.
        Assert.Equal(StatusCode.Unimplemented, (await AnswerAsync(server, AppAddress.PinOf(certificate))).StatusCode);
        Assert.Contains("SSL", (await AnswerAsync(server, AppAddress.PinOf(othersCertificate))).Detail, StringComparison.Ordinal);
        Assert.Contains("SSL", (await AnswerAsync(server, pin: null)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trusts_the_systems_authorities_where_no_key_is_pinned()
    {
        using var certificate = X509Certificate2.CreateFromPemFile(_certificate.CertificateFile, _certificate.KeyFile);
        await using var server = await StartAsync(certificate);
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["trail"]);
        async Task<string> SaidAsync(string trusted)
        {
            using var agent = AppProcess.Start(
                "agent/DdocCost.Agent", new Dictionary<string, string> { ["SSL_CERT_FILE"] = trusted },
                $"--address={server.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}", "--token=dde_x", $"--data={folder["agent"]}", $"--source=folder:{folder["trail"]}");
            await Eventually.TrueAsync(() => Task.FromResult(agent.Output.Contains("not connected", StringComparison.Ordinal)), "an answer");
            return agent.Output;
        }

        Assert.Contains("Unimplemented", await SaidAsync(_certificate.CertificateFile), StringComparison.Ordinal); // through TLS and to a server that has no such service
        using var other = new TestCertificate();
        Assert.Contains("SSL", await SaidAsync(other.CertificateFile), StringComparison.Ordinal);
    }

    private static async Task<Status> AnswerAsync(WebApplication server, string? pin)
    {
        using var channel = AppAddress.Open(new Uri(server.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)), pin);
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await new AgentIntake.AgentIntakeClient(channel).EnrolAsync(new EnrolRequest(), cancellationToken: Stop));
        return error.Status;
    }

    private static async Task<WebApplication> StartAsync(X509Certificate2 certificate)
    {
        // A key read from PEM is not one that TLS can use everywhere; one out of PKCS 12 is.
        var usable = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(usable);
        }));
        var app = builder.Build();
        await app.StartAsync(Stop);
        return app;
    }
}
