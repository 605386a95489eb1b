using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DdocCost.App.Ingest.Sns;

/// <summary>Verifies that Amazon SNS signed a message, and confirms subscriptions. Certificates are fetched once a day at most.</summary>
internal sealed class SnsVerifier(SnsHost host, IHttpClientFactory http, TimeProvider clock)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string Client = "sns";

    private const int MostRemembered = 64; // regions, and a few generations of certificates
    private const int LargestCertificate = 64 * 1024;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<Uri, (X509Certificate2 Certificate, DateTimeOffset Until)> _certificates = [];

    /// <summary>Why a message is not believed; null where it is genuine.</summary>
    /// <exception cref="SnsAwayException">The certificate cannot be fetched at the moment.</exception>
    public async Task<string?> RefusalAsync(SnsMessage message, CancellationToken cancellationToken)
    {
        var algorithm = message.SignatureVersion switch
        {
            "1" => HashAlgorithmName.SHA1,
            "2" => HashAlgorithmName.SHA256,
            _ => default,
        };
        if (algorithm == default)
        {
            return "The message's signature version is neither 1 nor 2.";
        }

        if (host.TrustedCertificate(message.SigningCertUrl) is not { } address)
        {
            return "The message names a certificate that does not lie with Amazon SNS.";
        }

        if (await CertificateAsync(address, cancellationToken) is not { } certificate)
        {
            return "The message's certificate cannot be read.";
        }

        using var key = certificate.GetRSAPublicKey();
        return key?.VerifyData(message.SignedText(), message.Signature, algorithm, RSASignaturePadding.Pkcs1) == true
            ? null
            : "The message's signature is not Amazon SNS's.";
    }

    /// <summary>Confirms a subscription by asking the address that a verified message names.</summary>
    /// <returns>Why not; null where it is confirmed.</returns>
    /// <exception cref="SnsAwayException">Amazon SNS cannot be reached.</exception>
    public async Task<string?> ConfirmAsync(SnsMessage message, CancellationToken cancellationToken)
    {
        if (host.Trusted(message.SubscribeUrl) is not { } address)
        {
            return "The message names an address to confirm at that is not Amazon SNS.";
        }

        using var client = http.CreateClient(Client);
        using var answer = await AskAsync(address, () => client.GetAsync(address, cancellationToken), cancellationToken);
        return answer.IsSuccessStatusCode ? null : $"Amazon SNS answered {(int)answer.StatusCode} to the confirmation.";
    }

    /// <summary>Whether an answer stays the same however often it is asked for, as opposed to a server in trouble.</summary>
    private static bool IsFinal(HttpStatusCode? status) =>
        status is >= HttpStatusCode.Ambiguous and < HttpStatusCode.InternalServerError and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    private async Task<X509Certificate2?> CertificateAsync(Uri address, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_certificates.TryGetValue(address, out var known) && now < known.Until)
        {
            return known.Certificate;
        }

        using var client = http.CreateClient(Client);
        client.MaxResponseContentBufferSize = LargestCertificate;
        try
        {
            var certificate = X509Certificate2.CreateFromPem(await AskAsync(address, () => client.GetStringAsync(address, cancellationToken), cancellationToken));
            if (now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime())
            {
                return null;
            }

            if (_certificates.Count >= MostRemembered)
            {
                _certificates.Clear();
            }

            _certificates[address] = (certificate, now + Remembered);
            return certificate;
        }
        catch (CryptographicException)
        {
            return null;
        }
        catch (SnsAwayException away) when (away.InnerException is HttpRequestException error && IsFinal(error.StatusCode))
        {
            return null; // the message, which anybody can write, names a file that is not there
        }
    }

    private static async Task<T> AskAsync<T>(Uri address, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception away) when (away is HttpRequestException || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SnsAwayException(address.Host, away);
        }
    }
}

/// <summary>Amazon SNS does not answer, or not in time.</summary>
internal sealed class SnsAwayException(string host, Exception inner) : Exception($"{host}: {inner.Message}", inner);
