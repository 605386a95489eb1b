namespace DdocCost.App.Ingest.Webhook;

/// <summary>Why a request is not taken, as a problem document (RFC 9457).</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Reason">One sentence for a person.</param>
internal sealed record Refusal(int Status, string Reason)
{
    /// <summary>Seconds after which to try again, for 429 and 503.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>What was wrong with single pieces.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Not known who sends.</summary>
    public static Refusal Unknown(string reason) => new(StatusCodes.Status401Unauthorized, reason);

    /// <summary>Known, and not allowed.</summary>
    public static Refusal Forbidden(string reason) => new(StatusCodes.Status403Forbidden, reason);

    /// <summary>As an answer.</summary>
    public IResult ToResult(HttpResponse response)
    {
        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (Status == StatusCodes.Status401Unauthorized)
        {
            // Amazon SNS sends a password in its endpoint's address only after being asked for one.
            response.Headers.WWWAuthenticate = new(["Bearer realm=\"dd0c/cost\"", "Basic realm=\"dd0c/cost\""]);
        }

        var extensions = Reasons.Count > 0 ? new Dictionary<string, object?> { ["reasons"] = Reasons } : null;
        return TypedResults.Problem(Reason, statusCode: Status, extensions: extensions);
    }
}
