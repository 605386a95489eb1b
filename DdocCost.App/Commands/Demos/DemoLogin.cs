using System.Security.Cryptography;
using DdocCost.App.Access;

namespace DdocCost.App.Commands.Demos;

/// <summary>How to sign in to a demo: made up once, kept in a file that only its owner can read, so that a later run can tell it again.</summary>
/// <param name="Name">User name.</param>
/// <param name="Password">Password.</param>
/// <param name="Path">The file.</param>
internal sealed record DemoLogin(string Name, string Password, string Path)
{
    // No characters that are mistaken for one another when typed off a screen.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const string UserName = "demo";

    /// <summary>Makes the demo's administrator where the instance has none yet.</summary>
    /// <returns>null where the instance has an administrator of somebody else's making.</returns>
    /// <exception cref="InvalidOperationException">The administrator could not be made.</exception>
    public static async Task<DemoLogin?> EnsureAsync(CreateAdministrator administrator, string path, string tenant, CancellationToken cancellationToken)
    {
        if (await administrator.IsDoneAsync(cancellationToken))
        {
            return Load(path);
        }

        // The file first: whoever is killed in between finds the password there and makes the user with it.
        var login = Load(path) ?? New(path);
        var problems = await administrator.CreateAsync(login.Name, login.Password, tenant, cancellationToken);
        return problems.Count == 0 ? login : throw new InvalidOperationException($"The demo's administrator could not be made: {string.Join(" ", problems)}");
    }

    private static DemoLogin? Load(string path) =>
        File.Exists(path) && File.ReadAllLines(path) is [var name, var password, ..] ? new DemoLogin(name, password, path) : null;

    private static DemoLogin New(string path)
    {
        var login = new DemoLogin(UserName, RandomNumberGenerator.GetString(Alphabet, 16), path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        var onlyMine = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            onlyMine.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(path, onlyMine);
        file.WriteLine(login.Name);
        file.WriteLine(login.Password);
        return login;
    }
}
