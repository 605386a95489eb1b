using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DdocCost.Tests.Support;

/// <summary>A certificate for localhost, signed by itself, as files for a server and for who is to trust it.</summary>
public sealed class TestCertificate : IDisposable
{
    private readonly TempFolder _folder = new();

    public TestCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>PEM.</summary>
    public string CertificateFile => _folder["certificate.pem"];

    /// <summary>PEM.</summary>
    public string KeyFile => _folder["key.pem"];

    public void Dispose() => _folder.Dispose();
}
