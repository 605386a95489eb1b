using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace DdocCost.Domain.Audit;

/// <summary>Somebody changed something. Document; only ever added.</summary>
public sealed record AuditEntry
{
    /// <summary>Longest <see cref="Detail"/>, characters; the rest is cut.</summary>
    public const int LongestDetail = 500;

    /// <summary>Derived from the content, so that the same entry written twice is one.</summary>
    public required Guid Id { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: the name as signed in, or as the channel knows it.</summary>
    public required string By { get; init; }

    /// <summary>Through which door it came.</summary>
    public required Mouth Mouth { get; init; }

    /// <summary>What was done, as <c>subject.verb</c>: <c>case.snooze</c>, <c>sensitivity.change</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: <c>case/…</c>, <c>account/123456789012</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The rest, for a person: until when, from what to what; may be empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Makes an entry.</summary>
    public static AuditEntry Of(DateTimeOffset at, string by, Mouth mouth, string action, string subject, string detail = "")
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}\n{by}\n{mouth}\n{action}\n{subject}\n{detail}");
        return new AuditEntry
        {
            Id = new Guid(XxHash128.Hash(Encoding.UTF8.GetBytes(text))),
            At = at.ToUniversalTime(),
            By = by,
            Mouth = mouth,
            Action = action,
            Subject = subject,
            Detail = detail.Length > LongestDetail ? detail[..LongestDetail] : detail,
        };
    }
}
