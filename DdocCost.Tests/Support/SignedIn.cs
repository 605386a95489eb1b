using System.Net;
using System.Text.RegularExpressions;
using DdocCost.Domain.Access;

namespace DdocCost.Tests.Support;

/// <summary>A client that signed in at the form, as a browser does.</summary>
public static partial class SignedIn
{
    /// <summary>Makes a user and signs in.</summary>
    public static async Task<HttpClient> SignInAsync(this BrowserHost host, string name, AccessRole role, string tenant = BrowserHost.Tenant)
    {
        await host.AddUserAsync(name, role, tenant);
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = new Uri(host.Url) };
        var form = await client.GetStringAsync("/sign-in", TestContext.Current.CancellationToken);
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in", ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value, ["Form.Name"] = name, ["Form.Password"] = BrowserHost.Password,
        });
        using var answer = await client.PostAsync("/sign-in", fields, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
