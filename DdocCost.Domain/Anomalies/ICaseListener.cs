using Marten;

namespace DdocCost.Domain.Anomalies;

/// <summary>Hears of what people decide on a case, inside the transaction that keeps the decision.</summary>
public interface ICaseListener
{
    /// <summary>Somebody decided or said something that was not so before.</summary>
    /// <param name="session">Of the case's tenant; what is added to it is stored together with the decision, or not at all.</param>
    /// <param name="anomaly">The case as the pipeline left it; the decision's effect on it comes later, through its lane.</param>
    /// <param name="triage">What people said of it, the decision included.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="signature">Who and when.</param>
    void Decided(IDocumentSession session, AnomalyCase anomaly, CaseTriage triage, CaseDecision decision, Signature signature);
}
