using System.Net;
using System.Text.RegularExpressions;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Access;

/// <summary>A browser without pictures: keeps cookies, follows nothing by itself, sends forms with the tokens of the page they stand on.</summary>
internal sealed partial class WebUser : IDisposable
{
    private readonly HttpClient _client;

    public WebUser(BrowserHost host, string? forwardedFor = null)
    {
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = new Uri(host.Url) };
        if (forwardedFor is not null)
        {
            _client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        }
    }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Client => _client;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>One who is signed in.</summary>
    public static async Task<WebUser> SignedInAsync(BrowserHost host, string name)
    {
        var user = new WebUser(host);
        Assert.Equal(HttpStatusCode.Redirect, await user.SignInAsync(name));
        return user;
    }

    public async Task<HttpStatusCode> SignInAsync(string name, string password = BrowserHost.Password)
    {
        using var answer = await PostAsync("/sign-in", ("Form.Name", name), ("Form.Password", password));
        return answer.StatusCode;
    }

    public async Task<HttpStatusCode> GetAsync(string address)
    {
        using var answer = await _client.GetAsync(address, Cancelled);
        return answer.StatusCode;
    }

    public async Task<HttpResponseMessage> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        var page = await _client.GetStringAsync(address, Cancelled);
        var hidden = HiddenField().Matches(page).Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        using var form = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), .. hidden]);
        return await _client.PostAsync(address, form, Cancelled);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
