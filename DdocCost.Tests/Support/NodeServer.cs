using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace DdocCost.Tests.Support;

/// <summary>Starts the servers of <c>DdocCost.Tests/Servers</c>, which ops/test.sh fetches.</summary>
public static class NodeServer
{
    /// <summary>Starts a script; done when its port takes connections.</summary>
    /// <param name="script">File name, such as <c>mail.mjs</c>.</param>
    /// <param name="port">The port it listens on.</param>
    /// <param name="arguments">Its argument.</param>
    /// <param name="environment">Variables it sees.</param>
    public static async Task<ServerProcess> StartAsync(string script, int port, string arguments, params (string Name, string Value)[] environment)
    {
        var folder = Folder();
        var node = Path.Combine(folder, "node_modules", $"node-linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}", "bin", "node");
        Assert.SkipUnless(File.Exists(node), "This test needs the servers that ops/test.sh fetches into DdocCost.Tests/Servers.");
        var process = new ServerProcess("env", [.. environment.Select(variable => $"{variable.Name}={variable.Value}"), node, Path.Combine(folder, script), arguments]);
        await process.UntilAsync(async () =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
        });
        return process;
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "DdocCost.Tests", "Servers");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new InvalidOperationException("DdocCost.Tests/Servers is not above the test's folder.");
    }
}
