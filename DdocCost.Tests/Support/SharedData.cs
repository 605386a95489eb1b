using Xunit;

namespace DdocCost.Tests.Support;

/// <summary>Development data that may lie beside the repository in a folder called <c>shared</c>. Tests that need it are skipped without it.</summary>
internal static class SharedData
{
    /// <summary>The path of one of its folders.</summary>
    public static string Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", name);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        Assert.Skip($"no folder shared/{name} beside the repository");
        return "";
    }
}
