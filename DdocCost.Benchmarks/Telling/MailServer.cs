using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace DdocCost.Benchmarks.Telling;

/// <summary>The SMTP server of the tests (<c>DdocCost.Tests/Servers</c>, fetched by ops/test.sh), with STARTTLS and sign-in, and the mailbox it fills.</summary>
internal sealed class MailServer : IDisposable
{
    /// <summary>Signs in.</summary>
    public const string User = "costs";

    /// <summary>With this.</summary>
    public const string Password = "secret";

    private const string MessageId = "Message-Id: <";

    private readonly Process _server;
    private readonly string _mailbox;

    private MailServer(Process server, string folder, int port) => (_server, _mailbox, Port, Authorities) = (server, Path.Combine(folder, "mailbox"), port, Path.Combine(folder, "mail.pem"));

    /// <summary>Where it listens, on localhost.</summary>
    public int Port { get; }

    /// <summary>File with the certificate to trust.</summary>
    public string Authorities { get; }

    /// <summary>How many letters it has taken.</summary>
    public int Count => Directory.GetFiles(_mailbox, "*.eml").Length;

    /// <summary>Starts it.</summary>
    /// <param name="folder">For its certificate and its mailbox.</param>
    public static async Task<MailServer> StartAsync(string folder)
    {
        var servers = Path.Combine(Environment.CurrentDirectory, "DdocCost.Tests", "Servers");
        var node = Path.Combine(servers, "node_modules", $"node-linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}", "bin", "node");
        if (!File.Exists(node))
        {
            throw new InvalidOperationException("Run ops/test.sh once, which fetches the mail server, and run this in the repository's folder.");
        }

        Directory.CreateDirectory(Path.Combine(folder, "mailbox"));
        WriteCertificate(folder);
        var port = FreePort();
        var options = JsonSerializer.Serialize(new
        {
            port, folder = Path.Combine(folder, "mailbox"), security = "starttls", user = User, password = Password, key = Path.Combine(folder, "mail.key"), cert = Path.Combine(folder, "mail.pem"),
        });
        var server = Process.Start(new ProcessStartInfo(node, [Path.Combine(servers, "mail.mjs"), options]) { RedirectStandardOutput = true })!;
        await server.StandardOutput.ReadLineAsync(); // it says so when it listens
        return new MailServer(server, folder, port);
    }

    /// <summary>When each letter was kept, by the id that its Message-ID begins with.</summary>
    public Dictionary<Guid, DateTimeOffset> TakenAt() => Directory.GetFiles(_mailbox, "*.eml")
        .Select(file => (Id: IdOf(file), At: new DateTimeOffset(File.GetLastWriteTimeUtc(Path.ChangeExtension(file, ".json")))))
        .GroupBy(letter => letter.Id).ToDictionary(letters => letters.Key, letters => letters.Min(letter => letter.At));

    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
    }

    private static Guid IdOf(string file)
    {
        var line = File.ReadLines(file).First(line => line.StartsWith(MessageId, StringComparison.OrdinalIgnoreCase));
        return Guid.ParseExact(line.AsSpan(MessageId.Length, 32), "N");
    }

    private static void WriteCertificate(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "mail.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "mail.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
