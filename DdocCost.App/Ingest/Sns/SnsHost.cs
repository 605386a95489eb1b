using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Ingest.Sns;

/// <summary>Which addresses in a message are Amazon SNS's own. Everything else in it is the sender's to write.</summary>
internal sealed partial class SnsHost(IOptions<IngestOptions> options)
{
    /// <summary>The address, where it may be asked; else null.</summary>
    public Uri? Trusted(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0)
        {
            return null;
        }

        var isAmazon = uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && Amazon().IsMatch(uri.Host);
        var isTest = options.Value.SnsTestHost is { Length: > 0 } test && uri.Scheme == Uri.UriSchemeHttp && uri.Authority == test;
        return isAmazon || isTest ? uri : null;
    }

    /// <summary>A signing certificate's address, where it may be asked; else null.</summary>
    public Uri? TrustedCertificate(string address) =>
        Trusted(address) is { } uri && uri.AbsolutePath.EndsWith(".pem", StringComparison.Ordinal) && uri.Query.Length == 0 ? uri : null;

    [GeneratedRegex(@"^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Amazon();
}
