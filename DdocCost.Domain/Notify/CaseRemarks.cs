using System.Globalization;
using DdocCost.Domain.Anomalies;

namespace DdocCost.Domain.Notify;

/// <summary>People's decisions in words.</summary>
public static class CaseRemarks
{
    /// <summary>What an acknowledgement is called.</summary>
    public const string Acknowledged = "acknowledged it";

    /// <summary>All that stands of a case, oldest first.</summary>
    public static IReadOnlyList<CaseRemark> Of(CaseTriage triage)
    {
        var remarks = triage.Notes.Select(note => Of(new CaseDecision.Note(note.Text), new Signature(note.By, note.At))).ToList();
        if (triage.Acknowledged is { } signature)
        {
            remarks.Add(Of(new CaseDecision.Acknowledge(), signature));
        }

        if (triage.Snoozed is { } snooze)
        {
            remarks.Add(Of(new CaseDecision.Snooze(snooze.Until), snooze.Signature));
        }

        if (triage.Settled is { } verdict)
        {
            remarks.Add(Of(
                verdict.End == CaseEnd.Wrong ? new CaseDecision.Wrong() : new CaseDecision.Expect(verdict.Scope ?? ExpectScope.Once, verdict.Until), verdict.Signature));
        }

        return [.. remarks.OrderBy(remark => remark.At)];
    }

    /// <summary>One decision.</summary>
    public static CaseRemark Of(CaseDecision decision, Signature signature) => new(Words(decision), signature.By, signature.At);

    private static string Words(CaseDecision decision) => decision switch
    {
        CaseDecision.Acknowledge => Acknowledged,
        CaseDecision.Withdraw => "took the acknowledgement back",
        CaseDecision.Snooze snooze => $"snoozed it until {Moment(snooze.Until)}",
        CaseDecision.Unsnooze => "ended the snooze",
        CaseDecision.Expect { Scope: ExpectScope.Always } => "expects the like from now on",
        CaseDecision.Expect { Until: { } until } => $"expects the like until {Moment(until)}",
        CaseDecision.Expect => "says it is expected",
        CaseDecision.Wrong => "says it is a false alarm",
        CaseDecision.Reopen => "opened it again",
        CaseDecision.Note note => $"noted: {note.Text}",
        _ => "decided",
    };

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
