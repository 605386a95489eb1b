using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DdocCost.Tests.Support;

/// <summary>A server that a test run starts and that cannot outlive it.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly TaskCompletionSource<Process> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = new();

    /// <summary>Starts a program; it is killed when this process dies, however that happens.</summary>
    public ServerProcess(string program, IEnumerable<string> arguments, IEnumerable<string>? runAs = null)
    {
        var start = new ProcessStartInfo("setpriv")
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["--pdeathsig=KILL", .. runAs ?? [], program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        // The parent-death signal follows the thread that started the process, so that thread must stay.
        new Thread(() => Run(start)) { IsBackground = true, Name = program }.Start();
    }

    /// <summary>Done when the program has ended.</summary>
    public Task Exited => _exited.Task;

    /// <summary>What it printed last, for an error message.</summary>
    public string Tail
    {
        get
        {
            lock (_lastLines)
            {
                return string.Join('\n', _lastLines);
            }
        }
    }

    /// <summary>A TCP port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Tries until it works; fails with what the server printed when it ends or does not answer within 60 seconds.</summary>
    public async Task UntilAsync(Func<Task> attempt)
    {
        for (var deadline = Stopwatch.StartNew(); ;)
        {
            try
            {
                await attempt();
                return;
            }
            catch (Exception error) when (!Exited.IsCompleted && deadline.Elapsed < TimeSpan.FromSeconds(60))
            {
                _ = error;
                await Task.Delay(20);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"The server did not start: {Tail}", error);
            }
        }
    }

    public void Dispose()
    {
        var process = _started.Task.GetAwaiter().GetResult();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        _exited.Task.Wait(TimeSpan.FromSeconds(30));
    }

    private void Run(ProcessStartInfo start)
    {
        try
        {
            using var process = Process.Start(start)!;
            process.OutputDataReceived += (_, line) => Remember(line.Data);
            process.ErrorDataReceived += (_, line) => Remember(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            _started.SetResult(process);
            process.WaitForExit();
        }
        catch (Exception error)
        {
            _started.TrySetException(error);
        }

        _exited.SetResult();
    }

    private void Remember(string? line)
    {
        lock (_lastLines)
        {
            _lastLines.Enqueue(line ?? "");
            if (_lastLines.Count > 40)
            {
                _lastLines.Dequeue();
            }
        }
    }
}
