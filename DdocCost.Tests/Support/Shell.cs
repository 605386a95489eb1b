using System.Diagnostics;

namespace DdocCost.Tests.Support;

/// <summary>Runs scripts as a person at a terminal would.</summary>
internal static class Shell
{
    /// <summary>Runs a line of bash.</summary>
    /// <param name="script">What to run.</param>
    /// <param name="environment">Variables it sees besides those of the tests.</param>
    /// <returns>Its exit code, and all it printed.</returns>
    public static async Task<(int Exit, string Output)> RunAsync(string script, params (string Name, string Value)[] environment)
    {
        // Bash joins both streams itself, so that what was printed keeps its order; the standard input is empty.
        var start = new ProcessStartInfo("bash", ["-c", $"exec 2>&1 </dev/null\n{script}"]) { RedirectStandardOutput = true, WorkingDirectory = "/" };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
