using System.Buffers.Binary;
using System.Text;

namespace DdocCost.Domain.Normalise;

/// <summary>
/// Gives the same string for the same short text again: regions, user agents, ARNs and instance types recur in nearly every record. One
/// pool a thread, of fixed size; the latest text takes the place of another that falls on its slot.
/// </summary>
internal static class TextPool
{
    private const int Slots = 2048;
    private const int Longest = 200;

    [ThreadStatic]
    private static string?[]? pool;

    /// <summary>The text of a JSON string; null where it is long, or has escapes that must be read first.</summary>
    /// <param name="raw">What stands between the quotes, UTF-8.</param>
    public static string? Of(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > Longest || raw.Contains((byte)'\\'))
        {
            return null;
        }

        pool ??= new string?[Slots];
        ref var slot = ref pool[Hash(raw) & (Slots - 1)];
        return slot is not null && Ascii.Equals(raw, slot) ? slot : slot = Encoding.UTF8.GetString(raw);
    }

    // Length and both ends tell texts apart well enough for a pool; what is compared is the text.
    private static uint Hash(ReadOnlySpan<byte> raw)
    {
        var hash = (ulong)raw.Length * 0x9E3779B97F4A7C15;
        if (raw.Length >= 8)
        {
            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(raw) * 0xC2B2AE3D27D4EB4F;
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(raw[^8..]) ^ BinaryPrimitives.ReadUInt64LittleEndian(raw[((raw.Length - 8) / 2)..])) * 0x9E3779B97F4A7C15;
        }
        else
        {
            foreach (var letter in raw)
            {
                hash = (hash ^ letter) * 0x9E3779B97F4A7C15;
            }
        }

        return (uint)(hash >> 40);
    }
}
