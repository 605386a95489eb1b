using System.Globalization;
using DdocCost.Domain.Audit;
using JasperFx;
using Marten;

namespace DdocCost.Domain.Tuning;

/// <summary>Where people set how readily they are interrupted. Lanes read the settings with each batch, so a change holds from the next one on.</summary>
public sealed class SettingsDesk(IDocumentStore store, TimeProvider time)
{
    /// <summary>What a tenant has set.</summary>
    public async Task<DetectionSettings> ReadAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        return await session.LoadAsync<DetectionSettings>(DetectionSettings.TheId, cancellationToken) ?? DetectionSettings.None;
    }

    /// <summary>Sets all rules at once.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="read">What the person saw when they began to change it.</param>
    /// <param name="rules">What is to hold.</param>
    /// <param name="by">Who.</param>
    /// <param name="mouth">Through which door.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>Why it was refused, for the person; null where it holds now.</returns>
    public async Task<string?> SaveAsync(
        string tenantId, DetectionSettings read, IReadOnlyList<SensitivityRule> rules, string by, Mouth mouth, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (DetectionSettings.Problem(rules) is { } problem)
        {
            return problem;
        }

        await using var session = store.LightweightSession(tenantId);
        var stored = await session.LoadAsync<DetectionSettings>(DetectionSettings.TheId, cancellationToken) ?? DetectionSettings.None;
        if (stored.Version != read.Version)
        {
            return "Somebody else has changed the settings meanwhile. Look at them again.";
        }

        var entries = Changes(stored.Rules, rules).Select(change => AuditEntry.Of(time.GetUtcNow(), by, mouth, "sensitivity.change", change.Subject, change.Detail)).ToList();
        if (entries.Count == 0)
        {
            return null;
        }

        session.Store(stored with { Rules = [.. rules] });
        session.Insert(entries.AsEnumerable());
        try
        {
            await session.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (ConcurrencyException)
        {
            return "Somebody else has changed the settings at this moment. Look at them again.";
        }
    }

    private static IEnumerable<(string Subject, string Detail)> Changes(IReadOnlyList<SensitivityRule> before, IReadOnlyList<SensitivityRule> after)
    {
        foreach (var rule in after.Except(before))
        {
            var old = before.FirstOrDefault(known => (known.AccountId, known.Service) == (rule.AccountId, rule.Service));
            yield return (SubjectOf(rule), old is null ? Words(rule.Sensitivity) : $"{Words(old.Sensitivity)} → {Words(rule.Sensitivity)}");
        }

        foreach (var rule in before.Where(known => !after.Any(rule => (known.AccountId, known.Service) == (rule.AccountId, rule.Service))))
        {
            yield return (SubjectOf(rule), $"{Words(rule.Sensitivity)} → removed");
        }
    }

    private static string SubjectOf(SensitivityRule rule) => $"sensitivity/{rule.AccountId ?? "*"}/{rule.Service ?? "*"}";

    private static string Words(Sensitivity sensitivity) => string.Create(
        CultureInfo.InvariantCulture, $"{sensitivity.UsdPerDay:0.##} USD a day, {sensitivity.Eagerness.ToString().ToLowerInvariant()}");
}
