using CsCheck;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Undo;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Names, tags and reasons as somebody who means harm would choose them.</summary>
internal static class Evil
{
    private static readonly string[] Pieces =
    [
        "<!channel>", "@channel", "<@U123456>", "<https://evil.example|click>", "*bold*", "`code`", "```", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\" onmouseover=\"x",
        "</td></table>", "&lt;", "&amp;#64;", "\r\nBcc: everybody@evil.example\r\n\r\nbody", "\n", "\0", "\u202E", "\u2066", "\u200B", "\uFEFF", "\uD83D", "\uDC00", "👩‍💻", "[link](javascript:alert(1))",
        "<at>everyone</at>", "${jndi:ldap://x}", "{{7*7}}", "%0d%0a", "אבג", "a", "role/Deploy", " ", "=?utf-8?q?x?=", "--boundary", ".\r\n.\r\n", "\u0085", "\u2028", "'; drop table x; --", "|", "ddoc|a|b",
    ];

    // 100 kB each.
    private static readonly string[] Long = [.. Pieces.Select(piece => string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length)))];

    public static readonly Gen<string> Text = Gen.OneOf(
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 12].Select(string.Concat),
        Gen.String[0, 100],
        Gen.Int[0, Pieces.Length - 1].Select(i => Long[i]));

    public static readonly Gen<AnomalyCase> Case = Gen.Select(Text, Text, Text, Text, Gen.Int[0, 30], Gen.Decimal[0, 1_000_000]).Select((title, actor, what, region, many, usd) => Notices.Case(title) with
    {
        Actor = new Actor("role/" + actor, actor, ActorKind.Person, actor),
        What = [.. Enumerable.Repeat(what, many)],
        Regions = [.. Enumerable.Repeat(region, many)],
        UsdPerHour = usd,
        Components = [.. Enumerable.Repeat(new ScoreComponent(actor, 90, 1, 1, 1, 10, "USD", what), many)],
    });

    public static readonly Gen<Notice> Notice = Gen.Select(Case, Text, Gen.Int[0, 30], Gen.Int[0, 6]).Select((anomaly, text, many, kind) => kind switch
    {
        0 => (Notice)new CaseOpened { Case = anomaly, Undo = Plan(text, many) },
        1 => new CaseEscalated { Case = anomaly, Reason = text, Undo = Plan(text, many) },
        2 => new CaseChanged { Case = anomaly, What = text, Decisions = [.. Enumerable.Repeat(new CaseRemark(text, text, Notices.At), many)] },
        3 => new CaseClosed { Case = anomaly with { ClosedAt = Notices.At.AddHours(1) }, SpentUsd = 3, AvoidedUsd = 4 },
        4 => new DigestNotice { Digest = new Digest(text, Notices.At.AddDays(-1), Notices.At, text, [.. Enumerable.Repeat(new DigestFigure(text, text, text), many)], [.. Enumerable.Range(0, many).Select(_ => new DigestSection(text, [.. Enumerable.Repeat(new DigestLine(text, text, "case-1"), many)], many))]) { ExposureByHour = [.. Enumerable.Repeat(1m, many)] } },
        5 => new HealthAlarm { Subject = text, Title = text, Text = text, Since = Notices.At },
        _ => new StormNotice { Cases = [.. Enumerable.Repeat(anomaly, Math.Min(many, 20))], Count = many, UsdPerHour = many },
    });

    private static UndoPlan Plan(string text, int many) => new([.. Enumerable.Repeat(new UndoCommand(text, "1", text, text, true, ["i-1"]), many)], []);
}
