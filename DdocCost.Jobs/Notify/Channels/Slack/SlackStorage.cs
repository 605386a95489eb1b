using Marten;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>How people of Slack are kept.</summary>
internal sealed class SlackStorage : IConfigureMarten
{
    /// <inheritdoc/>
    public void Configure(IServiceProvider services, StoreOptions options) => options.Schema.For<SlackPerson>().DocumentAlias("slack_people");
}
