using System.IO.Enumeration;
using DdocCost.Domain.Access;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Notify.Routing;

/// <summary>Who is told what, for one tenant. Document; there is one a tenant.</summary>
public sealed record RoutingPolicy
{
    /// <summary>The id of the one.</summary>
    public const string TheId = "routing";

    /// <summary>Always <see cref="TheId"/>.</summary>
    public string Id { get; init; } = TheId;

    /// <summary>Rules in the order in which they are tried; the first that matches decides, unless it says to go on.</summary>
    /// <value>Empty: whatever is a warning or louder goes to every channel that is switched on.</value>
    public IReadOnlyList<RoutingRule> Rules { get; init; } = [];

    /// <summary>Channels that hear when something of ours does not work.</summary>
    /// <value>Empty: every channel that is switched on.</value>
    public IReadOnlyList<string> HealthChannels { get; init; } = [];

    /// <summary>With more new cases than this on a channel within an hour, the further ones are told together.</summary>
    /// <value>Default 30. From 1 to 10,000. What is critical comes alone up to three times as many.</value>
    public int CasesPerHour { get; init; } = 30;

    /// <summary>Where a heartbeat's day begins: at nine o'clock there.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The rules as far as they concern accounts that somebody sees; a rule about others only is left out, with their ids.</summary>
    public RoutingPolicy SeenBy(Sight sight)
    {
        return sight.SeesAll ? this : this with
        {
            Rules = [.. Rules.Where(rule => rule.Accounts.Count == 0 || rule.Accounts.Any(IsTheirs)).Select(rule => rule with { Accounts = [.. rule.Accounts.Where(IsTheirs)] })],
        };

        bool IsTheirs(string pattern) => sight.Accounts.Any(account => FileSystemName.MatchesSimpleExpression(pattern, account));
    }
}

/// <summary>One rule: which cases, to which channels.</summary>
public sealed record RoutingRule
{
    /// <summary>What people call it; unique within the policy.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is tried.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>At least so loud.</summary>
    public Severity MinSeverity { get; init; } = Severity.Warning;

    /// <summary>Account ids, with <c>*</c> for any text; empty for all.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Services such as <c>ec2</c>, with <c>*</c>; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Actor ids or names, with <c>*</c>; empty for all.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>Tags of the account as <c>key=value</c>, with <c>*</c>; empty for all.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Only then; null for always. Outside of it the rule is passed over.</summary>
    public WeekHours? During { get; init; }

    /// <summary>Channels that are told, all of them. None: whatever matches is told to nobody.</summary>
    public IReadOnlyList<string> Tell { get; init; } = [];

    /// <summary>Channels that are tried, in this order, in place of one that does not take a message.</summary>
    public IReadOnlyList<string> FallBackTo { get; init; } = [];

    /// <summary>While these last, messages wait for their end, except what is critical; null for never.</summary>
    public WeekHours? QuietHours { get; init; }

    /// <summary>A case that nobody has acknowledged for so many minutes is told again to <see cref="EscalateTo"/>; null for never. From 1 to 1,440.</summary>
    public int? EscalateAfterMinutes { get; init; }

    /// <summary>Channels for that.</summary>
    public IReadOnlyList<string> EscalateTo { get; init; } = [];

    /// <summary>Goes on to the rules behind it after it matched.</summary>
    public bool GoOn { get; init; }
}
