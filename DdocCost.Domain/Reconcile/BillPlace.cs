namespace DdocCost.Domain.Reconcile;

/// <summary>Checks what both formats say of whose a line is, and when.</summary>
internal static class BillPlace
{
    private const int LongestService = 100;

    public static LineOutcome Line(string payer, string account, string period, string begin, string service, string resource, decimal billed, decimal? list, bool isUsage)
    {
        // Tax and support may be of no account that used something: then they are the payer's.
        account = account.Length == 0 ? payer : account;
        if (!BillColumns.IsAccount(account))
            return LineOutcome.Bad("no account");
        if (BillColumns.Day(begin) is not { } day)
            return LineOutcome.Bad("no date of usage");
        if (service.Length is 0 or > LongestService || service.Any(char.IsControl))
            return LineOutcome.Bad("no service");
        if (resource.Length > BillLine.LongestResource)
            return LineOutcome.Bad($"a resource id of more than {BillLine.LongestResource} characters");
        if (resource.Any(char.IsControl))
            return LineOutcome.Bad("a resource id with control characters");
        var month = BillColumns.Day(period) is { } given ? given : day;
        return LineOutcome.Of(new(
            BillColumns.IsAccount(payer) ? payer : account, new(month.Year, month.Month, 1), account, BilledService.Of(service), resource, day, billed, list, isUsage));
    }
}
