using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using DdocCost.App.Ingest.Webhook;
using DdocCost.Jobs.Notify.Channels.Slack;

namespace DdocCost.Benchmarks.Fuzzing;

/// <summary>Mouths that are asked over HTTP.</summary>
internal static partial class HttpMouths
{
    /// <summary>All of them.</summary>
    public static IEnumerable<FuzzMouth> Of(FuzzHost host)
    {
        var (pushing, signing, open, api) = (host.Client(host.PushToken), host.Client(null), host.Client(null), host.Client(host.ApiToken));
        yield return new FuzzMouth("webhook", (random, token) => PostAsync(pushing, WebhookEndpoints.Path, MaybeGzip(Samples.Trails, random), "application/json", _ => { }, token));
        yield return new FuzzMouth("webhook-signed", (random, token) => SignedAsync(signing, host, random, token));
        yield return new FuzzMouth("webhook-sns", (random, token) => PostAsync(
            open, $"{WebhookEndpoints.Path}?source={(random.Next(10) == 0 ? Uri.EscapeDataString(Mutator.Spoil(host.SnsSource, random)) : host.SnsSource)}", Spoilt(Samples.SnsMessages, random), "text/plain",
            headers => headers.Add("x-amz-sns-message-type", "Notification"), token));
        yield return new FuzzMouth("firehose", (random, token) => PostAsync(
            open, WebhookEndpoints.FirehosePath, MaybeGzip(Samples.Firehose, random), "application/json", headers => headers.Add("X-Amz-Firehose-Access-Key", host.PushToken), token));
        yield return new FuzzMouth("slack", (random, token) => SlackAsync(open, random, token));
        yield return new FuzzMouth("mcp", (random, token) => PostAsync(api, "/mcp", Spoilt(Samples.ModelCalls, random), "application/json", headers => headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream"), token));
        yield return new FuzzMouth("forms", (random, token) => FormAsync(open, random, token));
        yield return new FuzzMouth("openid", (random, token) => OpenIdAsync(open, random, token));
    }

    /// <summary>Sends and judges.</summary>
    internal static async Task<FuzzAnswer> SendAsync(HttpClient client, HttpRequestMessage request, byte[] input, CancellationToken cancellationToken)
    {
        using var sent = request;
        // Everybody comes from somewhere else, so that no limit on one address hides what is behind it.
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", Somewhere());
        var shown = Encoding.UTF8.GetBytes($"{request.Method} {request.RequestUri}\n").Concat(input).ToArray();
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var status = (int)answer.StatusCode;
            return new FuzzAnswer(status.ToString(CultureInfo.InvariantCulture), status is >= 500 and not 503 ? $"answered {status}" : null, shown);
        }
        catch (HttpRequestException) when (input.Length > 64 * 1024)
        {
            return new FuzzAnswer("hung up on a large body", null, shown);
        }
        catch (HttpRequestException error)
        {
            return new FuzzAnswer("no answer", $"no answer: {error.HttpRequestError} {error.Message} {error.InnerException?.Message}", shown);
        }
    }

    private static Task<FuzzAnswer> PostAsync(HttpClient client, string path, byte[] body, string type, Action<HttpRequestHeaders> header, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (body is [0x1f, 0x8b, ..] && body.Length % 2 == 0)
        {
            request.Content.Headers.ContentEncoding.Add("gzip"); // said, or seen
        }

        header(request.Headers);
        return SendAsync(client, request, body, cancellationToken);
    }

    private static Task<FuzzAnswer> SignedAsync(HttpClient client, FuzzHost host, Random random, CancellationToken cancellationToken)
    {
        var (body, now) = (MaybeGzip(Samples.Trails, random), DateTimeOffset.UtcNow);
        (string Name, string Value)[] headers =
        [
            (RequestSignature.SourceHeader, host.Signing.Id), (RequestSignature.TimeHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            (RequestSignature.MacHeader, "v1=" + Convert.ToHexStringLower(RequestSignature.MacOf(host.Signing.Secret, now, body))),
        ];
        var spoilt = random.Next(6);
        return PostAsync(
            client, WebhookEndpoints.Path, body, "application/json",
            all => Array.ForEach(headers, header => all.TryAddWithoutValidation(header.Name, Array.IndexOf(headers, header) == spoilt ? Printable(Mutator.Spoil(header.Value, random)) : header.Value)), cancellationToken);
    }

    private static Task<FuzzAnswer> SlackAsync(HttpClient client, Random random, CancellationToken cancellationToken)
    {
        var body = random.Next(2) == 0 ? Spoilt(Samples.Clicks, random) : Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(Mutator.Spoil(Uri.UnescapeDataString(Encoding.UTF8.GetString(Pick(Samples.Clicks, random))["payload=".Length..]), random).Replace('\ud800', '?')));
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = SlackSignature.Of(FuzzHost.SlackSecret, at, body);
        return PostAsync(
            client, "/slack/interactions", body, "application/x-www-form-urlencoded",
            all =>
            {
                all.TryAddWithoutValidation("X-Slack-Request-Timestamp", random.Next(10) == 0 ? Printable(Mutator.Spoil(at, random)) : at);
                all.TryAddWithoutValidation("X-Slack-Signature", random.Next(10) == 0 ? Printable(Mutator.Spoil(signature, random)) : signature);
            },
            cancellationToken);
    }

    private static async Task<FuzzAnswer> FormAsync(HttpClient client, Random random, CancellationToken cancellationToken)
    {
        var guid = new Guid(random.Next(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        var token = Uri.EscapeDataString(Mutator.Spoil("CfDJ8N-abc_def", random).Replace('\ud800', '?'));
        string[] pages = ["/sign-in", "/sign-in/code", "/setup?code=a-setup-code-for-this-run", $"/welcome/{guid}?code=x", $"/mail/act/{token}", $"/mail/unsubscribe/{token}", $"/mail/leave/{token}"];
        var path = pages[random.Next(pages.Length)];
        if (path.Length > 4000)
        {
            path = path[..4000].TrimEnd('%');
        }

        var (page, cookie) = await GetAsync(client, path, cancellationToken);
        var hidden = HiddenField().Matches(page).Select(match => (match.Groups[1].Value, System.Net.WebUtility.HtmlDecode(match.Groups[2].Value)));
        var shown = ShownField().Matches(page).Select(match => (match.Groups[1].Value, "correct horse battery"));
        var fields = hidden.Concat(shown).Select(field => $"{Field(field.Item1, random, 20)}={Field(field.Item2, random, field.Item1.StartsWith('_') ? 20 : 1)}");
        var body = Encoding.UTF8.GetBytes(string.Join('&', fields));
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(random.Next(5) == 0 ? Mutator.Spoil(body, random) : body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        request.Headers.TryAddWithoutValidation("Cookie", random.Next(20) == 0 ? Printable(Mutator.Spoil(cookie, random)) : cookie);
        return await SendAsync(client, request, body, cancellationToken);
    }

    private static Task<FuzzAnswer> OpenIdAsync(HttpClient client, Random random, CancellationToken cancellationToken)
    {
        var query = Mutator.Spoil("code=abc&state=CfDJ8N-abc&iss=http%3A%2F%2F127.0.0.1%3A9&session_state=x", random).Replace('\ud800', '?');
        var (isPost, body) = (random.Next(3) == 0, Encoding.UTF8.GetBytes(query));
        var request = isPost
            ? new HttpRequestMessage(HttpMethod.Post, "/sign-in/openid") { Content = new ByteArrayContent(body) }
            : new HttpRequestMessage(HttpMethod.Get, "/sign-in/openid?" + Uri.EscapeDataString(query[..Math.Min(query.Length, 1500)]).Replace("%3D", "=", StringComparison.Ordinal).Replace("%26", "&", StringComparison.Ordinal));
        if (isPost)
        {
            request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        }

        request.Headers.TryAddWithoutValidation("Cookie", Printable(Mutator.Spoil(".AspNetCore.Correlation.abc=N; .AspNetCore.OpenIdConnect.Nonce.CfDJ8=N", random)));
        return SendAsync(client, request, body, cancellationToken);
    }

    private static async Task<(string Page, string Cookie)> GetAsync(HttpClient client, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", Somewhere());
        using var answer = await client.SendAsync(request, cancellationToken);
        var cookie = answer.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(one => one.Split(';')[0])) : "";
        return ((int)answer.StatusCode < 500 ? await answer.Content.ReadAsStringAsync(cancellationToken) : "", cookie);
    }

    private static string Field(string text, Random random, int seldom) => Uri.EscapeDataString((random.Next(seldom) == 0 ? Mutator.Spoil(text, random) : text).Replace('\ud800', '?'));

    private static byte[] MaybeGzip(byte[][] samples, Random random) => random.Next(4) switch
    {
        0 => Mutator.Gzip(Spoilt(samples, random), random),
        1 => Mutator.Spoil(Mutator.Gzip(Pick(samples, random), random), random),
        _ => Spoilt(samples, random),
    };

    private static byte[] Spoilt(byte[][] samples, Random random) => Mutator.Spoil(Pick(samples, random), random);

    private static byte[] Pick(byte[][] samples, Random random) => samples[random.Next(samples.Length)];

    private static string Somewhere() => string.Join('.', Enumerable.Range(0, 4).Select(_ => Random.Shared.Next(1, 255).ToString(CultureInfo.InvariantCulture)));

    /// <summary>What HTTP lets into a header.</summary>
    internal static string Printable(string text) => new([.. text.Take(4000).Select(letter => letter is >= ' ' and < (char)127 ? letter : '?')]);

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<input[^>]* name=\"(Form\\.[^\"]+)\"")]
    private static partial Regex ShownField();
}
