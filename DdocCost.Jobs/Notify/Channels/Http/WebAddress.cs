namespace DdocCost.Jobs.Notify.Channels.Http;

/// <summary>Checks addresses that people enter, when they enter them.</summary>
internal static class WebAddress
{
    /// <summary>What is wrong with it, for a person; null where it can be tried. Whether it leads inside is checked when connecting.</summary>
    /// <param name="text">As entered.</param>
    /// <param name="what">What it is the address of, such as <c>webhook</c>.</param>
    public static string? Problem(string? text, string what) => text switch
    {
        null or "" => $"Enter the address of the {what}.",
        _ when !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") => $"The address of the {what} must begin with https://.",
        _ when new Uri(text).UserInfo.Length > 0 => $"The address of the {what} must not contain a name or password.",
        _ => null,
    };
}
