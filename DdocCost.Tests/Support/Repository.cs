namespace DdocCost.Tests.Support;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path in it.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DdocCost.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the checkout.");
        }

        return folder.FullName;
    }
}
