using DdocCost.Domain.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;

namespace DdocCost.App.Audit;

/// <summary>The log of changes, for administrators.</summary>
public sealed partial class AuditPage
{
    [SupplyParameterFromQuery] private string? By { get; set; }

    [SupplyParameterFromQuery] private string? Action { get; set; }

    [SupplyParameterFromQuery] private string? Mouth { get; set; }

    [SupplyParameterFromQuery] private string? Subject { get; set; }

    [SupplyParameterFromQuery] private string? From { get; set; }

    [SupplyParameterFromQuery] private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? Number { get; set; }

    [Inject] private AuditReader Reader { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(5);

    private AuditFilter Filter => AuditFilter.Of(By, Action, Mouth, Subject, From, To, Number);

    /// <summary>Kinds that there were, each after the group it belongs to.</summary>
    private IEnumerable<string> Kinds => (Data?.Actions ?? []).SelectMany(action => (string[])[action[..(action.IndexOf('.', StringComparison.Ordinal) + 1)], action]).Where(kind => kind.Length > 0).Distinct();

    /// <inheritdoc />
    protected override Task<AuditView> ReadAsync(CancellationToken cancellationToken) => Reader.ReadAsync(Tenant, Filter, cancellationToken);

    private static string Door(Mouth mouth) => mouth switch
    {
        Domain.Audit.Mouth.Page => "at a page",
        Domain.Audit.Mouth.Api => "through the API",
        Domain.Audit.Mouth.Command => "at the command line",
        Domain.Audit.Mouth.Schedule => "by schedule",
        Domain.Audit.Mouth.Channel => "in a channel",
        _ => $"in {mouth}",
    };

    private static string? PageOf(string subject) => subject.Split('/', 2) switch
    {
        ["case", var id] => $"/anomalies/{Uri.EscapeDataString(id)}",
        ["channel", _] => "/channels",
        ["rule", _] => "/zombies/rules",
        ["panic", ..] => "/governance",
        _ => null,
    };

    private void Go(string name, object? value) => Address.NavigateTo(With(name, value?.ToString()));

    private string With(string name, string? value) =>
        Address.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = string.IsNullOrEmpty(value) ? null : value, ["page"] = null });

    private string Export(string format)
    {
        var query = new QueryBuilder { { "format", format } };
        foreach (var (name, value) in new[] { ("by", Filter.By), ("action", Filter.Action), ("mouth", Filter.Mouth?.ToString()), ("subject", Filter.Subject), ("from", AuditFilter.Text(Filter.From)), ("to", AuditFilter.Text(Filter.To)) })
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        return $"/audit/export{query}";
    }
}
