using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;

namespace DdocCost.App.Commands.Replays;

/// <summary>Writes what a replay produces as JSON lines, to the files that were asked for.</summary>
internal sealed class ReplayLines(FileInfo? events, FileInfo? alerts) : IReplayOutput, IDisposable
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StreamWriter? _events = Open(events);
    private readonly StreamWriter? _alerts = Open(alerts);

    public void Costed(CostEvent e)
    {
        // A definition costs nothing and was not refused: of no interest to who reads costs.
        if (_events is not null && e.Costed.Event.Action != ResourceAction.Define)
        {
            Write(_events, EventLine.Of(e));
        }
    }

    public void Raised(Alert alert)
    {
        if (_alerts is not null)
        {
            Write(_alerts, AlertLine.Of(alert));
        }
    }

    public void Dispose()
    {
        _events?.Dispose();
        _alerts?.Dispose();
    }

    private static StreamWriter? Open(FileInfo? file) =>
        file is null ? null : new StreamWriter(file.FullName, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private static void Write<T>(StreamWriter writer, T line)
    {
        writer.Write(JsonSerializer.Serialize(line, Format));
        writer.Write('\n');
    }
}
