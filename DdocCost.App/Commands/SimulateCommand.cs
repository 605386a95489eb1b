using System.CommandLine;
using System.Globalization;
using DdocCost.Jobs.Demo;

namespace DdocCost.App.Commands;

/// <summary><c>simulate</c>: writes a labelled trail, for measuring detection; needs no database.</summary>
internal static class SimulateCommand
{
    /// <summary>The command as it stands under the root.</summary>
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Where the log files and labels.json go." };
        var seed = new Option<ulong>("--seed") { Description = "What everything is drawn from; the same seed writes the same bytes.", DefaultValueFactory = _ => 1 };
        var start = new Option<DateTime>("--start") { Description = "First day, UTC.", DefaultValueFactory = _ => new DateTime(2026, 9, 7) };
        var days = new Option<int>("--days") { Description = "How many days; the first 7 hold no incident.", DefaultValueFactory = _ => 28 };
        var incidents = new Option<int>("--incidents") { Description = "How many incidents.", DefaultValueFactory = _ => 20 };
        var noise = new Option<double>("--noise") { Description = "Calls that cost nothing, for each that may.", DefaultValueFactory = _ => 3 };
        var command = new Command("simulate", "Writes a simulated CloudTrail of seven accounts with labelled incidents, to try and measure detection on. Needs no database.")
        {
            folder, seed, start, days, incidents, noise,
        };
        command.SetAction((result, cancellationToken) =>
        {
            var counts = SimulatedCorpus.Write(
                result.GetRequiredValue(folder).FullName, result.GetValue(seed), new DateTimeOffset(DateTime.SpecifyKind(result.GetValue(start), DateTimeKind.Utc)),
                result.GetValue(days), result.GetValue(incidents), result.GetValue(noise), cancellationToken: cancellationToken);
            result.InvocationConfiguration.Output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{counts.Events:N0} records in {counts.Files:N0} files, and labels.json"));
            return Task.FromResult(0);
        });
        return command;
    }
}
