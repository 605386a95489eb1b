using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace DdocCost.Agent.Uplink;

/// <summary>The way to the application: TLS with the system's authorities, or with one pinned key.</summary>
internal static class AppAddress
{
    /// <summary>Opens a channel.</summary>
    /// <param name="address">Where.</param>
    /// <param name="pin"><c>sha256/…</c> of the server's public key, or null for what the system trusts.</param>
    public static GrpcChannel Open(Uri address, string? pin)
    {
        var handler = new SocketsHttpHandler
        {
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            UseCookies = false,
        };
        if (pin is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                certificate is X509Certificate2 server && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) && PinOf(server) == pin;
        }

        return GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = 4 << 20, MaxSendMessageSize = null,
        });
    }

    /// <summary>A server's pin, as <c>openssl x509 -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64</c> prints it.</summary>
    public static string PinOf(X509Certificate2 certificate) =>
        "sha256/" + Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
}
