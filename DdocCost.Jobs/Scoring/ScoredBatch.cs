using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;

namespace DdocCost.Jobs.Scoring;

/// <summary>What a run of messages of one lane leads to: to be stored in one transaction, or not at all.</summary>
/// <param name="MessageIds">The messages that are done with it.</param>
/// <param name="Accounts">What changes, by account.</param>
internal sealed record ScoredBatch(IReadOnlyList<long> MessageIds, IReadOnlyList<ScoredAccount> Accounts);

/// <summary>What a batch changes in one account.</summary>
internal sealed class ScoredAccount(OwnedAccount account)
{
    /// <summary>The account, which already contains the batch.</summary>
    public OwnedAccount Account => account;

    /// <summary>Number of the last delivery stored before the batch.</summary>
    public long SequenceBefore { get; } = account.AppliedSequence;

    /// <summary>New cost events, in the order taken.</summary>
    public List<CostEvent> Events { get; } = [];

    /// <summary>What there is to tell, in order.</summary>
    public List<Alert> Alerts { get; } = [];

    /// <summary>How the first alert of each case became known, by case.</summary>
    public Dictionary<string, TimeToKnow> Known { get; } = [];

    /// <summary>Records set aside.</summary>
    public List<QuarantinedRecord> Quarantined { get; } = [];

    /// <summary>What became of the records.</summary>
    public Tally Tally { get; } = new();

    /// <summary>Documents to store and delete.</summary>
    public StateChanges Changes { get; set; } = null!;
}
