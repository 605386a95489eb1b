namespace DdocCost.Domain.Audit;

/// <summary>Through which door somebody spoke to us.</summary>
public enum Mouth
{
    /// <summary>A page of the dashboard.</summary>
    Page,

    /// <summary>A button in Slack.</summary>
    Slack,

    /// <summary>A link in a mail.</summary>
    Mail,

    /// <summary>A button in Microsoft Teams.</summary>
    Teams,

    /// <summary>Another channel that can answer.</summary>
    Channel,

    /// <summary>The API.</summary>
    Api,

    /// <summary>The command line.</summary>
    Command,

    /// <summary>The product itself, on a schedule.</summary>
    Schedule,
}
