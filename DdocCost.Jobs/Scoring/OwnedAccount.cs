using DdocCost.Domain.Pipeline;

namespace DdocCost.Jobs.Scoring;

/// <summary>An account in the hands of its lane's consumer. May be ahead of what is stored until the transaction commits.</summary>
internal sealed class OwnedAccount(string tenantId, AccountState state, long appliedSequence, long epoch)
{
    /// <summary>Tenant.</summary>
    public string TenantId => tenantId;

    /// <summary>All that is known of it.</summary>
    public AccountState State => state;

    /// <summary>Which making of the account <see cref="State"/> is of.</summary>
    public long Epoch => epoch;

    /// <summary>Number of the last delivery that <see cref="State"/> contains.</summary>
    public long AppliedSequence { get; set; } = appliedSequence;
}
