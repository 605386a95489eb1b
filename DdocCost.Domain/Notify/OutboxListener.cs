using DdocCost.Domain.Anomalies;
using Marten;

namespace DdocCost.Domain.Notify;

/// <summary>Passes on what people decide on a case to those who were told of it.</summary>
internal sealed class OutboxListener : ICaseListener
{
    public void Decided(IDocumentSession session, AnomalyCase anomaly, CaseTriage triage, CaseDecision decision, Signature signature) =>
        Outbox.Write(session, [CaseFacts.Decided(session.TenantId, anomaly, triage, CaseRemarks.Of(decision, signature))]);
}
