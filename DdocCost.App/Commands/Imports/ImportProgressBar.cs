using DdocCost.Jobs.Polling;
using Spectre.Console;

namespace DdocCost.App.Commands.Imports;

/// <summary>The progress of an import on standard error: a bar where that is a terminal, else a line now and then.</summary>
internal static class ImportProgressBar
{
    /// <summary>Runs the work, showing its progress.</summary>
    public static async Task<ImportSummary> ShowAsync(Func<IProgress<ImportProgress>, Task<ImportSummary>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(new Lines());
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bars(context.AddTask("Taking files in"), context.AddTask("Scoring", autoStart: false))));
    }

    private sealed class Bars(ProgressTask taking, ProgressTask scoring) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            taking.MaxValue = Math.Max(1, value.Files);
            taking.Value = value.FilesTaken;
            if (value.Backlog is { } backlog)
            {
                scoring.StartTask();
                scoring.MaxValue = Math.Max(scoring.MaxValue, Math.Max(1, backlog));
                scoring.Value = scoring.MaxValue - backlog;
            }
        }
    }

    private sealed class Lines : IProgress<ImportProgress>
    {
        private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
        private long _last = TimeProvider.System.GetTimestamp();

        public void Report(ImportProgress value)
        {
            if (TimeProvider.System.GetElapsedTime(_last) < Every)
            {
                return;
            }

            _last = TimeProvider.System.GetTimestamp();
            Console.Error.WriteLine(value.Backlog is { } backlog
                ? $"import: {value.FilesTaken} files are in, {backlog} deliveries still to be scored"
                : $"import: {value.FilesTaken} of {value.Files} files are in");
        }
    }
}
