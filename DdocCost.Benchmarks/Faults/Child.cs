using System.Diagnostics;

namespace DdocCost.Benchmarks.Faults;

/// <summary>A program that can be killed and started again with the same command, and cannot outlive this process.</summary>
/// <param name="name">What it is called in what is printed.</param>
/// <param name="command">Program and arguments.</param>
/// <param name="environment">Variables it sees beside ours.</param>
/// <param name="log">File that its output is appended to.</param>
internal sealed class Child(string name, IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null, string log = "/dev/null") : IDisposable
{
    // Who is started again by its supervisor must not be started by whoever killed it as well.
    private readonly Lock _starting = new();
    private Process? _process;

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>File with what it printed, of all its lives.</summary>
    public string Log => log;

    /// <summary>Id of the process that runs, or ran last.</summary>
    public int Id => _process!.Id;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>How often it ended though nobody ended it.</summary>
    public int EndedByItself { get; private set; }

    /// <summary>Whether somebody wants it to run.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Starts it again where it has ended by itself, as a supervisor does.</summary>
    public void StartAgain()
    {
        lock (_starting)
        {
            if (IsWanted && !IsRunning)
            {
                EndedByItself++;
                StartProcess();
            }
        }
    }

    /// <summary>Starts it where it does not run.</summary>
    public void Start()
    {
        lock (_starting)
        {
            IsWanted = true;
            if (!IsRunning)
            {
                StartProcess();
            }
        }
    }

    /// <summary>Waits for an end that it comes to by itself.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task EndedAsync()
    {
        await _process!.WaitForExitAsync();
        IsWanted = false;
        if (_process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{name} ended with {_process.ExitCode}: {await File.ReadAllTextAsync(log)}");
        }
    }

    /// <summary>Kills it and its children at once, as nothing can prepare for (SIGKILL), and waits until they are gone.</summary>
    public async Task KillAsync()
    {
        IsWanted = false;
        if (!_process!.HasExited)
        {
            await SignalAsync("KILL");
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal to it and its children.</summary>
    /// <param name="signal">Such as <c>STOP</c>, after which they do nothing until <c>CONT</c>.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", $"{Id}", .. Children()]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
    }

    /// <summary>Sends a signal and waits for the end.</summary>
    /// <param name="signal">Such as <c>QUIT</c>.</param>
    public async Task EndAsync(string signal)
    {
        IsWanted = false;
        using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
        await kill.WaitForExitAsync();
        await _process!.WaitForExitAsync();
    }

    public void Dispose()
    {
        IsWanted = false;
        if (_process is not null)
        {
            KillAsync().GetAwaiter().GetResult();
            _process.Dispose();
        }
    }

    private void StartProcess()
    {
        var start = new ProcessStartInfo("bash", ["-c", "log=$1; shift; exec setpriv --pdeathsig=KILL \"$@\" >> \"$log\" 2>&1 < /dev/null", name, log, .. command]) { WorkingDirectory = "/" };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var started = new TaskCompletionSource<Process>();
        // The parent-death signal follows the thread that started the process, so that thread must stay.
        new Thread(() =>
        {
            var process = Process.Start(start)!;
            started.SetResult(process);
            process.WaitForExit();
        }) { IsBackground = true, Name = name }.Start();
        _process = started.Task.Result;
    }

    private string[] Children()
    {
        try
        {
            return File.ReadAllText($"/proc/{Id}/task/{Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return []; // it is gone
        }
    }
}
