using System.Text;
using DdocCost.App.Ingest.Push;
using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Ingest.Webhook;

/// <summary>Finds out who sends a request, from its headers and, for signatures, its body.</summary>
internal sealed class Sender(PushSources sources, ISecretBox secrets, IOptions<IngestOptions> options, TimeProvider clock)
{
    private static readonly Refusal Nobody = Refusal.Unknown("Send the source's token as 'Authorization: Bearer …', or sign the request.");
    private static readonly Refusal Wrong = Refusal.Unknown("This token is not known.");

    /// <summary>The source that a request claims to be; its token is checked, its signature is not, because that needs the body.</summary>
    public async Task<(PushSource? Source, Refusal? Refusal)> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (TokenOf(request.Headers) is { } token)
        {
            return await ByTokenAsync(token, cancellationToken);
        }

        if (request.Headers.ContainsKey(RequestSignature.MacHeader))
        {
            return await BySignatureAsync(RequestSignature.Of(request.Headers), cancellationToken);
        }

        var named = request.Query["source"].ToString();
        if (!request.Headers.ContainsKey("x-amz-sns-message-type") || !PushSecret.IsId(named))
        {
            return (null, Nobody);
        }

        return await sources.FindAsync(named, cancellationToken) is { Kind: PushKind.SnsTopic } topic ? Unpaused(topic) : (null, Nobody);
    }

    /// <summary>Whether the body is what the source signed; null where it is.</summary>
    public Refusal? CheckSignature(PushSource source, RequestSignature signature, ReadOnlyMemory<byte> body)
    {
        foreach (var key in source.Keys.Where(key => key.SealedSecret is not null && key.IsGood(clock.GetUtcNow())))
        {
            if (signature.Fits(secrets.Unprotect(PushDesk.SecretPurpose, key.SealedSecret!), body.Span))
            {
                return null;
            }
        }

        return Refusal.Unknown("The signature is not right for this time and body, or its secret has expired.");
    }

    private async Task<(PushSource?, Refusal?)> ByTokenAsync(string token, CancellationToken cancellationToken)
    {
        if (PushSecret.IdIn(PushSecret.SourcePrefix, token) is not { } id || await sources.FindAsync(id, cancellationToken) is not { } source
            || source.Keys.FirstOrDefault(key => PushSecret.Fits(key.Hash, token)) is not { } matching)
        {
            return (null, Wrong);
        }

        return matching.IsGood(clock.GetUtcNow())
            ? Unpaused(source)
            : (source, Refusal.Unknown($"This token expired on {matching.ExpiresAt:yyyy-MM-dd HH:mm} UTC; make a new one."));
    }

    private async Task<(PushSource?, Refusal?)> BySignatureAsync(RequestSignature? signature, CancellationToken cancellationToken)
    {
        if (signature is null)
        {
            return (null, Refusal.Unknown($"The headers {RequestSignature.SourceHeader}, {RequestSignature.TimeHeader} and {RequestSignature.MacHeader} belong together."));
        }

        if (!PushSecret.IsId(signature.SourceId) || await sources.FindAsync(signature.SourceId, cancellationToken) is not { Kind: PushKind.Signature } source)
        {
            return (null, Refusal.Unknown("This source is not known."));
        }

        var window = options.Value.ReplayWindow;
        var off = (clock.GetUtcNow() - signature.At).Duration();
        return off <= window
            ? Unpaused(source)
            : (source, Refusal.Unknown($"The request's time is {off.TotalSeconds:0} seconds from ours, more than {window.TotalMinutes:0.#} minutes; check the clocks."));
    }

    private static (PushSource?, Refusal?) Unpaused(PushSource source) =>
        (source, source.IsPaused ? Refusal.Forbidden("This source is switched off.") : null);

    private static string? TokenOf(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return authorization[7..].Trim();
        }

        if (authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            var bytes = new byte[authorization.Length];
            return Convert.TryFromBase64String(authorization[6..].Trim(), bytes, out var length)
                ? Encoding.UTF8.GetString(bytes, 0, length) is var pair && pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? pair[(colon + 1)..] : ""
                : "";
        }

        if (headers[FirehoseRequest.KeyHeader].ToString() is { Length: > 0 } access)
        {
            return access;
        }

        // What an EventBridge connection with an API key sends when the header is named so.
        return headers["X-Api-Key"].ToString() is { Length: > 0 } key ? key : null;
    }
}
