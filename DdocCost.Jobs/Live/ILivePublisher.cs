namespace DdocCost.Jobs.Live;

/// <summary>Tells whoever listens what changed.</summary>
public interface ILivePublisher
{
    /// <summary>Sends an update. Never throws and never waits long: the feed is a convenience, the batch is already stored.</summary>
    ValueTask PublishAsync(LiveUpdate update);
}
