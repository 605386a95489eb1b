namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>Names under which buttons and menus come back.</summary>
internal static class SlackAction
{
    /// <summary>Button.</summary>
    public const string Acknowledge = "acknowledge";

    /// <summary>Menu: <c>1h</c>, <c>1d</c>, <c>1w</c>.</summary>
    public const string Snooze = "snooze";

    /// <summary>Menu: <c>once</c>, <c>always</c>.</summary>
    public const string Expect = "expect";

    /// <summary>Button.</summary>
    public const string Wrong = "wrong";

    /// <summary>Button: shows the commands to who asked.</summary>
    public const string Undo = "undo";

    /// <summary>Button that only opens the page; Slack tells of it all the same.</summary>
    public const string Open = "open";
}

/// <summary>What a click is about, as the id of the block that was clicked.</summary>
internal static class SlackClickTarget
{
    private const string Mark = "ddoc";

    /// <summary>The id.</summary>
    public static string Of(string channelId, string caseId) => $"{Mark}|{channelId}|{caseId}";

    /// <summary>Our channel and the case; null where the block is not one of ours.</summary>
    public static (string ChannelId, string CaseId)? Read(string? blockId) => blockId?.Split('|') is [Mark, var channel, var anomaly] ? (channel, anomaly) : null;
}
