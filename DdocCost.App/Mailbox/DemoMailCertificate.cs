using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DdocCost.App.Mailbox;

/// <summary>The certificate of the demo's mail server, for localhost, signed by itself and kept, so that a job server of its own can trust it too.</summary>
/// <param name="folder">Where it lies.</param>
internal sealed class DemoMailCertificate(string folder)
{
    private static readonly TimeSpan Valid = TimeSpan.FromDays(365 * 5);

    private readonly string _key = Path.Combine(folder, "key.pem");

    /// <summary>PEM file, for whoever is to trust it.</summary>
    public string File { get; } = Path.Combine(folder, "certificate.pem");

    /// <summary>Makes it where there is none, or one that has run out.</summary>
    public void Ensure(DateTimeOffset now)
    {
        if (System.IO.File.Exists(File) && System.IO.File.Exists(_key) && IsValid(now))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + Valid);
        var onlyMine = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            onlyMine.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var secret = new StreamWriter(_key, onlyMine))
        {
            secret.Write(key.ExportPkcs8PrivateKeyPem());
        }

        System.IO.File.WriteAllText(File, certificate.ExportCertificatePem());
    }

    /// <summary>With its key.</summary>
    public X509Certificate2 Open()
    {
        using var pem = X509Certificate2.CreateFromPemFile(File, _key);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null); // TLS wants a key that is kept with it
    }

    private bool IsValid(DateTimeOffset now)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(File);
        return certificate.NotAfter.ToUniversalTime() > now.UtcDateTime.AddDays(30);
    }
}
