using System.Globalization;
using DdocCost.Domain.Tuning;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Detection;

/// <summary>Edits a list of rules that its owner holds.</summary>
public sealed partial class SensitivityEditor
{
    private static readonly SensitivityRule Everything = new(null, null, Sensitivity.Default);

    private string _account = "";
    private string _service = "";

    /// <summary>As the person has them.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<SensitivityRule> Rules { get; set; }

    /// <summary>As they hold.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<SensitivityRule> Saved { get; set; }

    /// <summary>For the choice.</summary>
    [Parameter] public IReadOnlyList<string> Accounts { get; set; } = [];

    /// <summary>For the choice.</summary>
    [Parameter] public IReadOnlyList<string> Services { get; set; } = [];

    /// <summary>Whether the person may try changes.</summary>
    [Parameter] public bool MayChange { get; set; }

    /// <summary>Whether the person may make them hold.</summary>
    [Parameter] public bool MaySave { get; set; }

    /// <summary>Something is on its way.</summary>
    [Parameter] public bool Busy { get; set; }

    /// <summary>Hears of every change.</summary>
    [Parameter] public EventCallback<IReadOnlyList<SensitivityRule>> OnChange { get; set; }

    /// <summary>Asks for a backtest over so many days.</summary>
    [Parameter] public EventCallback<int> OnTry { get; set; }

    /// <summary>Makes the rules hold.</summary>
    [Parameter] public EventCallback OnSave { get; set; }

    private bool IsChanged => Rules.Count != Saved.Count || Rules.Except(Saved).Any();

    private bool IsBad => DetectionSettings.Problem(Rules) is not null;

    /// <summary>The rule for everything first, set or not.</summary>
    private IEnumerable<SensitivityRule> Shown =>
        [Rules.FirstOrDefault(rule => Is(rule, "", "")) ?? Everything, .. Rules.Where(rule => !Is(rule, "", "")).OrderBy(rule => rule.AccountId, StringComparer.Ordinal).ThenBy(rule => rule.Service, StringComparer.Ordinal)];

    private static bool Is(SensitivityRule rule, string account, string service) => (rule.AccountId ?? "") == account && (rule.Service ?? "") == service;

    private static string Name(SensitivityRule rule) => rule switch
    {
        { AccountId: null, Service: null } => "Everything",
        { AccountId: null } => $"{rule.Service}, all accounts",
        { Service: null } => $"account {rule.AccountId}",
        _ => $"{rule.Service} in {rule.AccountId}",
    };

    private static string Meaning(Sensitivity sensitivity)
    {
        var certain = sensitivity.Eagerness switch
        {
            Eagerness.Quiet => "needs five times stronger evidence than usual, so rather misses one",
            Eagerness.Eager => "takes a quarter of the usual evidence, so rather says one too many",
            _ => "weighs evidence as usual",
        };
        return string.Create(NumberStyle.Format, $"Worth an interruption when it will surely waste ${sensitivity.UsdPerDay:#,0.##} a day; critical from ${sensitivity.CriticalUsd:#,0.##}. It {certain}.");
    }

    private Task SetUsd(SensitivityRule rule, object? value) => double.TryParse(value as string, NumberStyles.Float, CultureInfo.InvariantCulture, out var usd)
        ? Set(rule, rule.Sensitivity with { UsdPerDay = usd })
        : Task.CompletedTask;

    private Task SetEagerness(SensitivityRule rule, object? value) =>
        Enum.TryParse<Eagerness>(value as string, out var eagerness) ? Set(rule, rule.Sensitivity with { Eagerness = eagerness }) : Task.CompletedTask;

    private Task Set(SensitivityRule rule, Sensitivity sensitivity) =>
        OnChange.InvokeAsync([.. Rules.Where(known => known != rule), rule with { Sensitivity = sensitivity }]);

    private Task Remove(SensitivityRule rule) => OnChange.InvokeAsync([.. Rules.Where(known => known != rule)]);

    private async Task Add()
    {
        var (account, service) = (_account.Length == 0 ? null : _account, _service.Length == 0 ? null : _service);
        var holds = new DetectionSettings { Rules = Rules }.For(account ?? "", service ?? "");
        await OnChange.InvokeAsync([.. Rules, new SensitivityRule(account, service, holds)]);
        (_account, _service) = ("", "");
    }
}
