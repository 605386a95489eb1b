using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DdocCost.App.Mailbox;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace DdocCost.Benchmarks.Faults;

/// <summary>A real SMTP server with STARTTLS and sign-in that remembers of each letter which message it is.</summary>
internal sealed class LetterBox : IAsyncDisposable
{
    /// <summary>Signs in.</summary>
    public const string User = "costs";

    /// <summary>With this.</summary>
    public const string Password = "secret";

    private const string MessageId = "Message-Id: <";

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Guid> _taken = [];
    private readonly Task _serving;

    /// <summary>Starts it.</summary>
    /// <param name="folder">For its certificate.</param>
    public LetterBox(string folder)
    {
        var certificate = new DemoMailCertificate(folder);
        certificate.Ensure(TimeProvider.System.GetUtcNow());
        (Authorities, Port) = (certificate.File, FreePort());
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").MaxMessageSize(5_000_000, MaxMessageSizeHandling.Strict)
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port)).Certificate(certificate.Open()).AuthenticationRequired().AllowUnsecureAuthentication(false))
            .Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(new Store(_taken));
        services.Add(new DelegatingUserAuthenticator((user, password) => user == User && password == Password));
        _serving = new SmtpServer.SmtpServer(options, services).StartAsync(_stop.Token);
    }

    /// <summary>Where it listens, on localhost.</summary>
    public int Port { get; }

    /// <summary>File with the certificate to trust.</summary>
    public string Authorities { get; }

    /// <summary>The message each letter is, as often as it came.</summary>
    public IEnumerable<Guid> Taken => _taken;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Store(ConcurrentQueue<Guid> taken) : MessageStore
    {
        public override Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            var letter = Encoding.Latin1.GetString(buffer.ToArray());
            var at = letter.IndexOf(MessageId, StringComparison.OrdinalIgnoreCase) + MessageId.Length;
            taken.Enqueue(Guid.ParseExact(letter.AsSpan(at, 32), "N"));
            return Task.FromResult(SmtpResponse.Ok);
        }
    }
}
