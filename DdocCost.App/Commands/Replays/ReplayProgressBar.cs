using DdocCost.Domain.Pipeline;
using Spectre.Console;

namespace DdocCost.App.Commands.Replays;

/// <summary>A progress bar on standard error while a replay reads, where that is a terminal.</summary>
internal static class ReplayProgressBar
{
    /// <summary>Runs the work, showing its progress if anybody can see it.</summary>
    public static ReplaySummary Show(Func<IProgress<ReplayProgress>?, ReplaySummary> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(null);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask("Reading CloudTrail logs"))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<ReplayProgress>
    {
        public void Report(ReplayProgress value)
        {
            task.MaxValue = Math.Max(1, value.BytesTotal);
            task.Value = value.BytesDone;
        }
    }
}
