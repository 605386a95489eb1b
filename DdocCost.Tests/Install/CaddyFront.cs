using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Install;

/// <summary>
/// The app as a process with the settings that <c>docker-compose.yml</c> gives it, and Caddy with our Caddyfile in front of it. What containers
/// would add (users, limits, networks) is not tried here.
/// </summary>
public sealed partial class CaddyFront(PostgresServer postgres, RedisServer redis) : IAsyncLifetime
{
    /// <summary>The administrator, made through Caddy.</summary>
    public const string Name = "owner@example.com";

    /// <summary>The code that setup asks for.</summary>
    private const string SetupCode = "setup-code-of-this-test";

    /// <summary>The administrator's password.</summary>
    public const string Password = "correct horse battery";

    private readonly TempFolder _folder = new();
    private readonly int _app = ServerProcess.FreePort(), _agents = ServerProcess.FreePort(), _observe = ServerProcess.FreePort(), _http = ServerProcess.FreePort(), _https = ServerProcess.FreePort();
    private AppProcess? _process;
    private ServerProcess? _caddy;

    /// <summary>Where people go.</summary>
    public Uri Address => new($"https://localhost:{_https}/");

    /// <summary>Where plain HTTP is answered.</summary>
    public Uri PlainAddress => new($"http://localhost:{_http}/");

    /// <summary>What the app printed.</summary>
    public string Printed => _process!.Output;

    /// <summary>Its address for inside.</summary>
    public string ObserveUrl => $"http://127.0.0.1:{_observe}";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/caddy"), "Caddy is not here; ops/test.sh installs it.");
        await File.WriteAllTextAsync(_folder["master-key"], new string('k', 48));
        Directory.CreateDirectory(_folder["trail"]);
        _process = AppProcess.Start("DdocCost.App", await SettingsAsync("app"), "serve");
        _caddy = new ServerProcess("env",
            ["DOMAIN=localhost", $"HTTP_PORT={_http}", $"HTTPS_PORT={_https}", $"CHECK_PORT={ServerProcess.FreePort()}", "CADDY_GLOBAL_OPTIONS=", $"APP=127.0.0.1:{_app}",
                $"AGENTS=127.0.0.1:{_agents}", $"XDG_DATA_HOME={_folder["caddy"]}", $"XDG_CONFIG_HOME={_folder["caddy"]}", "caddy", "run", "--adapter", "caddyfile", "--config", Repository.PathOf("Caddyfile")]);
        await _caddy.UntilAsync(async () =>
        {
            Assert.False(_process.HasExited, _process.Output);
            using var visitor = Visitor();
            using var answer = await visitor.GetAsync("/setup");
            answer.EnsureSuccessStatusCode();
        });
        using var browser = Visitor();
        using var made = await PostAsync(browser, "/setup", new("Form.Code", SetupCode), new("Form.Name", Name), new("Form.Password", Password), new("Form.Repeated", Password));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
    }

    public ValueTask DisposeAsync()
    {
        _caddy?.Dispose();
        _process?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What compose sets for a service, with this machine's places put in.</summary>
    public async Task<Dictionary<string, string>> SettingsAsync(string service)
    {
        var settings = ComposeFile.Environment(service).ToDictionary(pair => pair.Key, pair => Variable().Replace(pair.Value, match => match.Groups[1].Value));
        settings["ConnectionStrings__Postgres"] = await postgres.NewDatabaseAsync();
        settings["ConnectionStrings__Redis"] = await redis.AddressAsync();
        settings["Secrets__MasterKeyFile"] = _folder["master-key"];
        settings["Data__Folder"] = _folder["data"];
        settings["Sources__Folders__0__Path"] = _folder["trail"];
        settings["Observe__Url"] = settings["Observe__Url"].Replace("0.0.0.0:9464", $"127.0.0.1:{_observe}", StringComparison.Ordinal);
        settings["Access__SetupCode"] = SetupCode;
        foreach (var (name, from, to) in (ReadOnlySpan<(string, string, int)>)[("ASPNETCORE_URLS", "8080", _app), ("Ingest__AgentUrl", "8081", _agents)])
        {
            if (settings.TryGetValue(name, out var url))
            {
                settings[name] = url.Replace($"0.0.0.0:{from}", $"127.0.0.1:{to}", StringComparison.Ordinal);
            }
        }

        return settings;
    }

    /// <summary>Somebody who trusts the certificate authority that Caddy made, and nobody else.</summary>
    public HttpClient Visitor(CookieContainer? cookies = null) => new(Handler(cookies)) { BaseAddress = Address };

    /// <summary>The same, for other clients.</summary>
    public SocketsHttpHandler Handler(CookieContainer? cookies = null) => new()
    {
        AllowAutoRedirect = false,
        CookieContainer = cookies ?? new CookieContainer(),
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => IsOurs(certificate!) },
    };

    /// <summary>Whether a certificate is good for this Caddy.</summary>
    public bool IsOurs(X509Certificate certificate)
    {
        var authorities = Path.Combine(_folder["caddy"], "caddy", "pki", "authorities", "local");
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(Path.Combine(authorities, "root.crt")));
        chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificateFromFile(Path.Combine(authorities, "intermediate.crt")));
        return chain.Build((X509Certificate2)certificate) && ((X509Certificate2)certificate).MatchesHostname("localhost");
    }

    /// <summary>Sends a form as a browser does: with the tokens of the page it stands on.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string address, params KeyValuePair<string, string>[] fields)
    {
        var page = await browser.GetStringAsync(address);
        var hidden = HiddenField().Matches(page).Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        using var form = new FormUrlEncodedContent([.. fields, .. hidden]);
        return await browser.PostAsync(address, form);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex(@"\$\{\w+:[-?]([^}]*)\}")]
    private static partial Regex Variable();
}
