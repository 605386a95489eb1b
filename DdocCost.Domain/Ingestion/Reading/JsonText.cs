using System.Text.Json;

namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>Small looks at JSON text in the window.</summary>
internal static class JsonText
{
    /// <summary>Bytes of the JSON string at the window's start, quotes included; 0 where it has no end within a record's limit.</summary>
    public static int LengthOf(DeliveryWindow window)
    {
        do
        {
            var reader = new Utf8JsonReader(window.UnreadSpan, isFinalBlock: false, state: default);
            try
            {
                if (reader.Read())
                {
                    return (int)reader.BytesConsumed;
                }
            }
            catch (JsonException)
            {
                return 0;
            }
        }
        while (window.ReadMore());
        return 0;
    }

    /// <summary>Whether the brace at the window's start is followed by a name, as in every object that is not empty.</summary>
    public static bool OpensObject(DeliveryWindow window)
    {
        // Pretty-printed JSON has a line break and indentation in between; more than this is no record.
        window.Has(64);
        var rest = window.UnreadSpan[1..].TrimStart(" \t\r\n"u8);
        return rest is [(byte)'"', >= (byte)'A' and <= (byte)'z', ..];
    }
}
