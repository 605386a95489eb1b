using DdocCost.Domain.Notify.Digests;
using DdocCost.Domain.Notify.Routing;
using Marten;

namespace DdocCost.Domain.Notify;

/// <summary>What notifying keeps as documents.</summary>
internal sealed class NotifyStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Schema.For<Channel>().DocumentAlias("channels");
        options.Schema.For<DigestSubscription>().DocumentAlias("digest_subscriptions");
        options.Schema.For<RoutingPolicy>().DocumentAlias("routing_policies");
    }
}
