using System.IO.Compression;
using System.Text;

namespace DdocCost.Benchmarks.Fuzzing;

/// <summary>Spoils valid input: flipped bits, cuts, repeats, deep nesting, huge numbers, odd UTF-8, other structure, bombs of zeros.</summary>
internal static class Mutator
{
    private const int Longest = 256 * 1024;

    private static readonly byte[][] Odd =
    [
        "null"u8.ToArray(), "-1"u8.ToArray(), "0"u8.ToArray(), "1e999999"u8.ToArray(), "99999999999999999999999999999999"u8.ToArray(), "-9223372036854775809"u8.ToArray(), "0.1e-400"u8.ToArray(),
        "NaN"u8.ToArray(), "true"u8.ToArray(), "[]"u8.ToArray(), "{}"u8.ToArray(), "\"\""u8.ToArray(), "[[]]"u8.ToArray(), "{\"a\":{}}"u8.ToArray(),
        "\"\\ud800\""u8.ToArray(), "\"\\udc00\\ud800\""u8.ToArray(), "\"\\u0000\""u8.ToArray(), "\"\\uFFFF\""u8.ToArray(), "\\"u8.ToArray(), "\"\\u202e\""u8.ToArray(),
        [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0x00], [0x1F, 0x8B], [0x80],
        "0001-01-01T00:00:00Z"u8.ToArray(), "9999-12-31T23:59:59.9999999Z"u8.ToArray(), "2026-02-30T25:61:61Z"u8.ToArray(), "1970-01-01T00:00:00+99:99"u8.ToArray(),
        "arn:aws:::::"u8.ToArray(), "000000000000"u8.ToArray(), "../../../../etc/passwd"u8.ToArray(), "%00%2e%2e%2f"u8.ToArray(), "' or 1=1 --"u8.ToArray(), "<script>"u8.ToArray(), "${jndi:x}"u8.ToArray(),
        "%n%s{0}{{"u8.ToArray(), "\r\nX-A: b\r\n"u8.ToArray(), "&a[]=1&a=2"u8.ToArray(),
    ];

    /// <summary>A spoilt copy, by one to four changes.</summary>
    public static byte[] Spoil(byte[] input, Random random)
    {
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            input = Change(input, random);
        }

        return input.Length > Longest ? input[..Longest] : input;
    }

    /// <summary>The same for text; what is no text afterwards comes with replacement characters or lone surrogates.</summary>
    public static string Spoil(string input, Random random)
    {
        var text = Encoding.UTF8.GetString(Spoil(Encoding.UTF8.GetBytes(input), random));
        return random.Next(10) == 0 ? text.Insert(random.Next(text.Length + 1), "\ud800") : text;
    }

    /// <summary>Gzip of it; now and then with what makes it a bomb.</summary>
    public static byte[] Gzip(byte[] content, Random random)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
            if (random.Next(50) == 0)
            {
                var blank = new byte[1 << 20];
                Array.Fill(blank, (byte)(random.Next(2) == 0 ? ' ' : 0));
                for (var megabytes = random.Next(1, 200); megabytes > 0; megabytes--)
                {
                    gzip.Write(blank);
                }
            }
        }

        return compressed.ToArray();
    }

    private static byte[] Change(byte[] input, Random random)
    {
        var at = random.Next(input.Length + 1);
        var end = Math.Min(input.Length, at + random.Next(1, 64));
        switch (random.Next(9))
        {
            case 0 when input.Length > 0: // a bit
                var flipped = (byte[])input.Clone();
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1: // a cut
                return input[..at];
            case 2: // a piece is missing
                return [.. input[..at], .. input[end..]];
            case 3: // a piece is repeated
                return [.. input[..end], .. Enumerable.Repeat(input[at..end], random.Next(1, 200)).SelectMany(piece => piece)];
            case 4: // nested as deep as nobody needs
                var (open, close) = random.Next(2) == 0 ? ("["u8.ToArray(), "]"u8.ToArray()) : ("{\"a\":"u8.ToArray(), "}"u8.ToArray());
                var depth = random.Next(1, 20_000);
                return [.. input[..at], .. Enumerable.Repeat(open, depth).SelectMany(piece => piece), .. Enumerable.Repeat(close, random.Next(2) * depth).SelectMany(piece => piece), .. input[at..]];
            case 5: // something odd is inserted
                return [.. input[..at], .. Odd[random.Next(Odd.Length)], .. input[at..]];
            case 6: // a value or a word becomes something odd
                return Replace(input, at, Odd[random.Next(Odd.Length)]);
            case 7: // two pieces change places
                return [.. input[end..], .. input[..end]];
            default: // noise
                var noise = new byte[random.Next(1, 32)];
                random.NextBytes(noise);
                return [.. input[..at], .. noise, .. input[end..]];
        }
    }

    /// <summary>Replaces the value that begins behind the next colon, comma or equals sign.</summary>
    private static byte[] Replace(byte[] input, int at, byte[] with)
    {
        var from = input.AsSpan(at).IndexOfAny((byte)':', (byte)',', (byte)'=');
        if (from < 0)
        {
            return [.. input[..at], .. with];
        }

        from += at + 1;
        var length = input.AsSpan(from).IndexOfAny("},]&\n"u8);
        return [.. input[..from], .. with, .. length < 0 ? [] : input[(from + length)..]];
    }
}
