using DdocCost.App.Ingest.Agents;
using DdocCost.App.Ingest.Push;
using DdocCost.App.Ingest.Webhook;
using Marten;

namespace DdocCost.App.Ingest;

/// <summary>How push sources are stored: those that tell a sender's tenant lie outside of tenants, the rest inside.</summary>
internal sealed class IngestStorage : IConfigureMarten
{
    /// <inheritdoc />
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Schema.For<PushSource>().SingleTenanted().DocumentAlias("push_sources");
        options.Schema.For<PushTrouble>().DocumentAlias("push_troubles");
        options.Schema.For<EnrolledAgent>().SingleTenanted().DocumentAlias("agents").UseOptimisticConcurrency(true);
        options.Schema.For<AgentReport>().DocumentAlias("agent_reports");
        options.Schema.For<SeenSignature>().SingleTenanted().DocumentAlias("push_signatures");
    }
}
