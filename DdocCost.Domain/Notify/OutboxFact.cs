using System.IO.Hashing;
using System.Text;

namespace DdocCost.Domain.Notify;

/// <summary>Something to tell, before anybody has decided to whom.</summary>
public sealed record OutboxFact
{
    /// <summary>Derived from what it says (see <see cref="IdOf"/>): the same fact is written once.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string TenantId { get; init; }

    /// <summary>Account it is about; empty where it is about none.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>The case it is about; null where it stands alone.</summary>
    public string? ThreadKey { get; init; }

    /// <summary>What is told.</summary>
    public required Notice Notice { get; init; }

    /// <summary>Channels it goes to; null where the tenant's rules decide.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>How long changes of the same case are gathered before it is told.</summary>
    public TimeSpan Gather { get; init; }

    /// <summary>Part of a self-test.</summary>
    public bool IsSelfTest { get; init; }

    /// <summary>An id from what makes a fact the same fact.</summary>
    public static Guid IdOf(params ReadOnlySpan<string> parts) => new(XxHash128.Hash(Encoding.UTF8.GetBytes(string.Join('\n', parts))));

    /// <summary>The id of its message on a channel.</summary>
    public static Guid MessageIdOf(Guid factId, string channelId) => IdOf(factId.ToString(), channelId);
}
