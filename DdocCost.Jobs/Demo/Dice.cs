using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DdocCost.Jobs.Demo;

/// <summary>Seeded randomness of the simulator: the same seed gives the same throws on every machine and runtime.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). Not for secrets.</remarks>
public sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Independent dice for one purpose, so that a change in one part of the simulation leaves the others as they were.</summary>
    public static Dice For(ulong seed, params ReadOnlySpan<string> purpose) =>
        new(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(string.Join('/', purpose).AsSpan()), (long)seed));

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From <paramref name="low"/> up to, not including, <paramref name="high"/>.</summary>
    public double Between(double low, double high) => low + ((high - low) * Unit());

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Whole(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    /// <summary>True in this share of all throws.</summary>
    public bool Chance(double share) => Unit() < share;

    /// <summary>One of these, each as likely.</summary>
    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Whole(0, choices.Length - 1)];

    /// <summary>How many arrivals there are where <paramref name="mean"/> are expected (Poisson; Knuth's method, fit for means below some hundred).</summary>
    public int Arrivals(double mean)
    {
        var limit = Math.Exp(-mean);
        var product = Unit();
        var count = 0;
        for (; product > limit; count++)
        {
            product *= Unit();
        }

        return count;
    }

    /// <summary>That many lower-case hexadecimal digits.</summary>
    public string Hex(int digits) => Text(digits, "0123456789abcdef");

    /// <summary>That many capital letters and digits, as in AWS unique ids.</summary>
    public string Code(int length) => Text(length, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

    /// <summary>A GUID of version 4.</summary>
    public Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        MemoryMarshal.Cast<byte, ulong>(bytes)[0] = Next();
        MemoryMarshal.Cast<byte, ulong>(bytes)[1] = Next();
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private string Text(int length, string alphabet) =>
        string.Create(length, (dice: this, alphabet), static (text, given) =>
        {
            foreach (ref var character in text)
            {
                character = given.alphabet[given.dice.Whole(0, given.alphabet.Length - 1)];
            }
        });
}
