using System.Buffers;
using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DdocCost.Domain.Storage;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// How a cost event is written: as any document, and read as any document, but for what says nothing. Of all that is stored these are the most by
/// far, so a byte here is a gigabyte in a year or two.
/// </summary>
/// <remarks>Left out is what is read the same where it is missing, by every version: see docs/decisions/cost-event-documents.md.</remarks>
internal static class CostEventJson
{
    private static readonly JsonSerializerOptions Options = Create();

    /// <summary>Writes an event as JSON.</summary>
    public static void Write(Utf8JsonWriter writer, CostEvent e) => JsonSerializer.Serialize(writer, e, (JsonTypeInfo<CostEvent>)Options.GetTypeInfo(typeof(CostEvent)));

    /// <summary>What writes it; JSON of ours goes into no page, so that only what JSON itself demands is escaped.</summary>
    public static Utf8JsonWriter WriterTo(IBufferWriter<byte> target) =>
        new(target, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOut, Sort } },
            Converters = { new JsonStringEnumConverter() },
        };
        StoreSetup.Json(options);
        return options;
    }

    private static void LeaveOut(JsonTypeInfo type)
    {
        var initial = type.Kind == JsonTypeInfoKind.Object ? type.CreateObject?.Invoke() : null;
        var isEvidence = type.Type == typeof(ScoreComponent) || type.Type == typeof(Weighing);
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var property = type.Properties[i];
            if (property.Set is null && property.AssociatedParameter is null)
            {
                type.Properties.RemoveAt(i); // follows from the others
            }
            else if (isEvidence && property.PropertyType == typeof(double))
            {
                property.CustomConverter = new SignificantDigits();
                property.ShouldSerialize = static (_, value) => value is not 0.0; // no query asks for evidence, and every version reads 0 where it is missing
            }
            else if (isEvidence && property.PropertyType == typeof(double?))
            {
                property.CustomConverter = new SignificantDigits.OrNull();
            }
            else if (initial is not null && !property.IsRequired)
            {
                LeaveOutWhatIsThereAnyhow(property, property.Get!(initial));
            }
        }
    }

    /// <summary>In the order in which jsonb keeps members, shorter names first: PostgreSQL need not sort them, up to a tenth of what a row costs it.</summary>
    private static void Sort(JsonTypeInfo type)
    {
        JsonPropertyInfo[] sorted = [.. type.Properties.OrderBy(property => property.Name.Length).ThenBy(property => property.Name, StringComparer.Ordinal)];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i].Order = i;
        }
    }

    private static void LeaveOutWhatIsThereAnyhow(JsonPropertyInfo property, object? initial)
    {
        if (initial is false)
        {
            property.ShouldSerialize = static (_, value) => value is true;
        }
        else if (initial is ICollection { Count: 0 })
        {
            property.ShouldSerialize = static (_, value) => value is not (null or ICollection { Count: 0 });
        }
    }
}
