using System.Text.Json;
using MimeKit;

namespace DdocCost.Tests.Support;

/// <summary>A letter as the server keeps it.</summary>
/// <param name="To">Recipients of its envelope.</param>
/// <param name="IsSecure">It came over TLS.</param>
/// <param name="User">Who had signed in, or null.</param>
/// <param name="Letter">The letter, read back.</param>
/// <param name="Raw">Its bytes.</param>
public sealed record KeptLetter(IReadOnlyList<string> To, bool IsSecure, string? User, MimeMessage Letter, byte[] Raw);

/// <summary>A real SMTP server with the mailbox it fills.</summary>
public sealed class MailBox : IDisposable
{
    private readonly ServerProcess _server;
    private readonly TempFolder _folder;

    private MailBox(ServerProcess server, TempFolder folder, int port) => (_server, _folder, Port) = (server, folder, port);

    /// <summary>Where it listens, on localhost.</summary>
    public int Port { get; }

    /// <summary>Starts one.</summary>
    /// <param name="certificate">For TLS.</param>
    /// <param name="security"><c>starttls</c>, <c>tls</c> or <c>none</c>.</param>
    /// <param name="user">Who may sign in; without, nobody has to.</param>
    /// <param name="password">With this password.</param>
    /// <param name="token">Or with this OAuth2 token.</param>
    public static async Task<MailBox> StartAsync(TestCertificate certificate, string security = "starttls", string? user = null, string? password = null, string? token = null)
    {
        var (folder, port) = (new TempFolder(), ServerProcess.FreePort());
        var options = JsonSerializer.Serialize(new { port, folder = folder.Path, security, user, password, token, key = certificate.KeyFile, cert = certificate.CertificateFile });
        return new MailBox(await NodeServer.StartAsync("mail.mjs", port, options), folder, port);
    }

    /// <summary>What it took, oldest first.</summary>
    public IReadOnlyList<KeptLetter> Letters => [.. Directory.GetFiles(_folder.Path, "*.eml").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Throws away what it took.</summary>
    public void Clear()
    {
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            File.Delete(file);
        }
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private static KeptLetter Read(string file)
    {
        using var envelope = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(file, ".json")));
        var user = envelope.RootElement.GetProperty("user");
        return new KeptLetter(
            [.. envelope.RootElement.GetProperty("to").EnumerateArray().Select(to => to.GetString()!)], envelope.RootElement.GetProperty("secure").GetBoolean(),
            user.ValueKind == JsonValueKind.String ? user.GetString() : null, MimeMessage.Load(file), File.ReadAllBytes(file));
    }
}
