using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>Which certificates of mail servers are taken: those the system trusts, and those of an authority of the user's own.</summary>
internal sealed class MailTrust
{
    private readonly X509Certificate2Collection _authorities = [];

    /// <summary>Reads the authorities.</summary>
    /// <exception cref="OptionsValidationException">The file is not there or holds no certificate.</exception>
    public MailTrust(IOptions<ChannelOptions> options)
    {
        if (options.Value.MailAuthorities is not { Length: > 0 } file)
        {
            return;
        }

        try
        {
            _authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new OptionsValidationException("Notify:Services", typeof(ChannelOptions), [$"Notify:Services:MailAuthorities: {file} cannot be read: {e.Message}"]);
        }
    }

    /// <summary>Whether a certificate is taken. A wrong name or a certificate that has run out is not, whoever signed it.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || _authorities.Count == 0 || certificate is null)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // a private authority rarely publishes a list
        own.ChainPolicy.ExtraStore.AddRange(chain?.ChainElements.Select(element => element.Certificate).ToArray() ?? []);
        using var presented = new X509Certificate2(certificate);
        return own.Build(presented);
    }
}
