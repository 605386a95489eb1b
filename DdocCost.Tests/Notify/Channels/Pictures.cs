namespace DdocCost.Tests.Notify.Channels;

/// <summary>Keeps what a person may want to look at, where <c>DDOC_SCREENSHOTS</c> names a folder.</summary>
internal static class Pictures
{
    /// <summary>Keeps a text.</summary>
    public static void Keep(string name, string text)
    {
        if (Environment.GetEnvironmentVariable("DDOC_SCREENSHOTS") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
}
