using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Notify.Routing;

/// <summary>What rules look at in a case.</summary>
/// <param name="AccountId">Account.</param>
/// <param name="Services">Services it touches.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Actors">Ids and names of who acted.</param>
/// <param name="Tags">Tags of the account, as <c>key=value</c>.</param>
public sealed record CaseScene(
    string AccountId, IReadOnlyList<string> Services, Severity Severity, IReadOnlyList<string> Actors, IReadOnlyList<string> Tags)
{
    /// <summary>Of a case.</summary>
    public static CaseScene Of(AnomalyCase anomaly, IReadOnlyList<string> tags) => new(
        anomaly.AccountId, anomaly.Services, anomaly.Severity, [anomaly.Actor.Id, anomaly.Actor.Name, .. anomaly.ActorIds], tags);
}
