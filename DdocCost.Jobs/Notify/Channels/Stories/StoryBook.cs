using DdocCost.Domain.Notify;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Notify.Channels.Stories;

/// <summary>Tells notices with the links of this installation.</summary>
internal sealed class StoryBook(IOptions<NotifyOptions> options)
{
    /// <summary>Address of the pages, or null where it is not configured.</summary>
    public Uri? Pages { get; } = Uri.TryCreate(options.Value.PublicUrl, UriKind.Absolute, out var pages) && (pages.Scheme is "http" or "https") ? pages : null;

    /// <summary>Tells one.</summary>
    public Story Tell(OutboundMessage message) => StoryTeller.Tell(message, Pages);
}
