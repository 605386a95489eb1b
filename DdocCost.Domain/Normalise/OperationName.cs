using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace DdocCost.Domain.Normalise;

/// <summary>An operation's eventSource and eventName as they lie in a record, to be looked up without making strings of them.</summary>
internal readonly ref struct OperationName(ReadOnlySpan<byte> source, ReadOnlySpan<byte> name)
{
    /// <summary>eventSource, UTF-8, without <c>.amazonaws.com</c>.</summary>
    public ReadOnlySpan<byte> Source { get; } = WithoutDomain(source);

    /// <summary>eventName, UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    // China's partition ends in .amazonaws.com.cn.
    private static ReadOnlySpan<byte> WithoutDomain(ReadOnlySpan<byte> source) =>
        source.EndsWith(".amazonaws.com"u8) ? source[..^".amazonaws.com".Length]
        : source.EndsWith(".amazonaws.com.cn"u8) ? source[..^".amazonaws.com.cn".Length]
        : source;
}

/// <summary>An operation's key in the catalogue: what <see cref="OperationName"/> is compared with.</summary>
internal sealed record OperationKey(byte[] Source, byte[] Name);

/// <summary>Finds an <see cref="OperationKey"/> by the spans of a record, without allocating.</summary>
internal sealed class OperationComparer : IEqualityComparer<OperationKey>, IAlternateEqualityComparer<OperationName, OperationKey>
{
    /// <inheritdoc/>
    public bool Equals(OperationName alternate, OperationKey other) =>
        alternate.Name.SequenceEqual(other.Name) && alternate.Source.SequenceEqual(other.Source);

    /// <inheritdoc/>
    public int GetHashCode(OperationName alternate) => Hash(alternate.Source, alternate.Name);

    /// <inheritdoc/>
    public OperationKey Create(OperationName alternate) => new(alternate.Source.ToArray(), alternate.Name.ToArray());

    /// <inheritdoc/>
    public bool Equals(OperationKey? x, OperationKey? y) =>
        x is not null && y is not null && x.Name.AsSpan().SequenceEqual(y.Name) && x.Source.AsSpan().SequenceEqual(y.Source);

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] OperationKey obj) => Hash(obj.Source, obj.Name);

    // Lengths and both ends of the name tell operations apart well enough; a full hash would cost more than the comparison it saves.
    private static int Hash(ReadOnlySpan<byte> source, ReadOnlySpan<byte> name)
    {
        var hash = ((uint)source.Length << 8) ^ (uint)name.Length;
        if (source.Length > 0)
        {
            hash ^= (uint)source[0] << 16;
        }

        if (name.Length >= 8)
        {
            var ends = BinaryPrimitives.ReadUInt64LittleEndian(name) * 0x9E3779B97F4A7C15 ^ BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]);
            hash ^= (uint)((ends * 0x9E3779B97F4A7C15) >> 32);
        }

        return (int)hash;
    }
}
