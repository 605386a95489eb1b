namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>Slack's published limits, in characters unless said otherwise. Counted here in UTF-16 units, which is never less.</summary>
/// <remarks>Block Kit reference (docs.slack.dev/reference/block-kit), read in November 2026.</remarks>
internal static class SlackLimits
{
    /// <summary>Blocks a message.</summary>
    public const int Blocks = 50;

    /// <summary>Text of a header.</summary>
    public const int Header = 150;

    /// <summary>Text of a section. Rich text has no published limit of its own; we hold it to the same.</summary>
    public const int Section = 3_000;

    /// <summary>Text of all blocks. Not published; messages beyond some 13,000 are refused with msg_blocks_too_long.</summary>
    public const int AllText = 10_000;

    /// <summary>Elements of an actions block.</summary>
    public const int Actions = 25;

    /// <summary>Text of a button or of an option.</summary>
    public const int Button = 75;

    /// <summary>Id of a block or of an action.</summary>
    public const int Id = 255;

    /// <summary>Value of an option (of a button: 2,000).</summary>
    public const int OptionValue = 150;

    /// <summary>Address behind a button.</summary>
    public const int Url = 3_000;

    /// <summary>Text shown where blocks are not, such as in notifications. Longer ones are cut from 40,000 on; more than 4,000 is advised against.</summary>
    public const int Fallback = 3_000;
}
