using Marten;

namespace DdocCost.Domain.Anomalies;

/// <summary>Hears of what people decide on a case, inside the transaction that keeps the decision.</summary>
public interface ICaseListener
{
    /// <summary>Somebody decided or said something.</summary>
    /// <param name="session">Of the case's tenant; what is added to it is stored together with the decision, or not at all.</param>
    /// <param name="anomaly">The case, with the decision in it where it lies there.</param>
    /// <param name="what">For a person, such as <c>acknowledged</c> or <c>snoozed until 14 Nov 09:00 UTC</c>.</param>
    /// <param name="by">Who.</param>
    /// <param name="at">When, UTC.</param>
    void Decided(IDocumentSession session, AnomalyCase anomaly, string what, string by, DateTimeOffset at);
}
