using System.CommandLine;
using DdocCost.App.Commands.Replays;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;

namespace DdocCost.App.Commands;

/// <summary><c>replay</c>: runs the pipeline in memory over a folder or file of CloudTrail logs; needs no database.</summary>
internal static class ReplayCommand
{
    private const int CannotRead = 2;

    /// <summary>The command as it stands under the root.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A CloudTrail log file, or a folder that is searched to its depth." };
        var alerts = new Option<FileInfo?>("--alerts") { Description = "Writes the alerts here, one JSON object a line, in the order raised." };
        var events = new Option<FileInfo?>("--events") { Description = "Writes every cost-bearing or refused record here, one JSON object a line." };
        var json = new Option<bool>("--json") { Description = "Prints the summary as one JSON object instead of text." };
        var command = new Command("replay", "Runs the pipeline in memory over CloudTrail logs and tells what it would have said. Needs no database.")
        {
            path, alerts, events, json,
        };
        command.SetAction((result, cancellationToken) =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            return Task.FromResult(Run(
                result.GetRequiredValue(path), result.GetValue(alerts), result.GetValue(events), result.GetValue(json), output, error, cancellationToken));
        });
        return command;
    }

    private static int Run(
        string path, FileInfo? alerts, FileInfo? events, bool asJson, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var input = ReplayInput.Of(path);
            using var lines = new ReplayLines(events, alerts);
            var replay = new Replay(EventCatalogue.Default, TimeProvider.System);
            var summary = ReplayProgressBar.Show(progress => replay.Run(input, lines, progress, cancellationToken));
            if (summary.Files > 0 && summary.UnreadableFiles == summary.Files)
            {
                error.WriteLine($"replay: nothing at '{path}' could be read: {summary.FirstQuarantined[0].Reason}");
                return CannotRead;
            }

            output.Write(asJson ? ReplaySummaryJson.Of(summary) : ReplaySummaryText.Of(summary));
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"replay: {failure.Message}");
            return CannotRead;
        }
    }
}
