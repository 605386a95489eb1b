using DdocCost.Domain.Ingestion;

namespace DdocCost.Domain.Normalise;

/// <summary>The AWS API operations that can cost money, and how each record is read.</summary>
public sealed class EventCatalogue
{
    /// <summary>All services of <c>Services/</c>.</summary>
    public static EventCatalogue Default { get; } = new();

    /// <summary>Whether a record of this source and name can cost money at all; the hot filter in front of everything else.</summary>
    public bool MayCost(ReadOnlySpan<byte> eventSource, ReadOnlySpan<byte> eventName) => false;

    /// <summary>Understands a record that may cost money.</summary>
    public NormaliseResult Normalise(in RawRecord record, RecordLocation? location) => new NormaliseResult.Free();
}

/// <summary>What became of a record.</summary>
public abstract record NormaliseResult
{
    private NormaliseResult() { }

    /// <summary>It costs nothing and is no context either (a read, a free parameter combination).</summary>
    public sealed record Free : NormaliseResult;

    /// <summary>It is cost-bearing, defines something, or was refused (action None).</summary>
    public sealed record Understood(ResourceEvent Event) : NormaliseResult;

    /// <summary>It cannot be read as what its name says; goes to quarantine with the reason.</summary>
    public sealed record Malformed(string Reason) : NormaliseResult;
}
