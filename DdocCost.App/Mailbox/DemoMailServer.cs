using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace DdocCost.App.Mailbox;

/// <summary>A real SMTP server on this machine, with STARTTLS and sign-in, whose letters go into the demo's mailbox and nowhere else.</summary>
internal sealed class DemoMailServer(DemoMailbox mailbox, DemoMailCertificate certificate, TimeProvider time) : IHostedService, IDisposable
{
    /// <summary>Who may sign in.</summary>
    public const string User = "demo";

    private readonly CancellationTokenSource _stop = new();
    private Task _serving = Task.CompletedTask;

    /// <summary>Password, new in each run.</summary>
    public string Password { get; } = RandomNumberGenerator.GetHexString(32);

    /// <summary>Where it listens, on localhost.</summary>
    public int Port { get; } = FreePort();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var options = new SmtpServerOptionsBuilder()
            .ServerName("dd0c/cost demo")
            .MaxMessageSize(5_000_000, MaxMessageSizeHandling.Strict)
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port)).Certificate(certificate.Open()).AuthenticationRequired().AllowUnsecureAuthentication(false))
            .Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(new Store(mailbox, time));
        services.Add(new DelegatingUserAuthenticator((user, password) => user == User && password == Password));
        _serving = new SmtpServer.SmtpServer(options, services).StartAsync(_stop.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _serving.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Store(DemoMailbox mailbox, TimeProvider time) : MessageStore
    {
        public override Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            mailbox.Keep(buffer.ToArray(), time.GetUtcNow());
            return Task.FromResult(SmtpResponse.Ok);
        }
    }
}
