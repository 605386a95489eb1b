namespace DdocCost.App.Access.People;

/// <summary>What a browser's own long name comes down to, for a person to tell sessions apart. A guess: the header is anybody's to write.</summary>
internal static class BrowserName
{
    // Chrome names Safari too, and Edge names both: the order matters.
    private static readonly (string Mark, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Mark, string Name)[] Systems = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    /// <summary>Such as <c>Firefox on Linux</c>.</summary>
    public static string Of(string userAgent)
    {
        var browser = Array.Find(Browsers, known => userAgent.Contains(known.Mark, StringComparison.Ordinal)).Name;
        var system = Array.Find(Systems, known => userAgent.Contains(known.Mark, StringComparison.Ordinal)).Name;
        return (browser, system) switch { (null, _) => "Another program", (_, null) => browser, _ => $"{browser} on {system}" };
    }
}
