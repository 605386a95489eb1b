using System.Globalization;
using DdocCost.App.Access;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Live;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Zombies;

/// <summary>The rules: what each asks, needs and found; administrators switch them and change their thresholds.</summary>
public sealed partial class RulesPage
{
    private readonly Dictionary<string, Draft> _drafts = [];
    private HuntDraft? _hunt;
    private string _tags = "";
    private string? _said;
    private bool _saidBad;

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }

    [SupplyParameterFromQuery] private string? Service { get; set; }

    [SupplyParameterFromQuery] private string? Which { get; set; }

    [Inject] private ZombieReader Reader { get; set; } = default!;

    [Inject] private ZombieDesk Desk { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    private bool MayManage => User.IsInRole(nameof(AccessRole.Administrator));

    private IEnumerable<ZombieRule> Shown => RuleCatalogue.All.Where(rule =>
        (Service is null || rule.Kind.Service == Service)
        && (string.IsNullOrWhiteSpace(Text) || $"{rule.Id} {rule.Title} {rule.Kind.Name} {rule.Criterion}".Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase))
        && Which switch
        {
            "found" => Data!.Found.ContainsKey(rule.Id),
            "off" => !SettingOf(rule).IsOn,
            "changed" => SettingOf(rule).Values.Count > 0,
            "derived" => rule.IsDerived,
            _ => true,
        });

    /// <inheritdoc />
    protected override bool Matters(LiveUpdate update) => update.IsHunt;

    /// <inheritdoc />
    protected override Task<RulesView> ReadAsync(CancellationToken cancellationToken) => Reader.RulesAsync(Sight, cancellationToken);

    /// <inheritdoc />
    protected override void OnRead(RulesView? before, RulesView now)
    {
        if (before is null)
        {
            _tags = string.Join('\n', now.Hunt.KeepTags);
            _hunt = HuntDraft.Of(now.Hunt);
        }
    }

    private RuleSetting SettingOf(ZombieRule rule) => Data!.Settings.GetValueOrDefault(rule.Id) ?? RuleSetting.Default(rule);

    private Draft DraftOf(ZombieRule rule)
    {
        if (!_drafts.TryGetValue(rule.Id, out var draft))
        {
            var setting = SettingOf(rule);
            _drafts[rule.Id] = draft = new Draft
            {
                IsOn = setting.IsOn,
                Values = rule.Thresholds.ToDictionary(threshold => threshold.Name, threshold => setting.ValueOf(rule, threshold.Name).ToString(CultureInfo.InvariantCulture)),
            };
        }

        return draft;
    }

    private async Task SaveAsync(ZombieRule rule)
    {
        var draft = DraftOf(rule);
        try
        {
            var values = draft.Values.ToDictionary(pair => pair.Key, pair => double.TryParse(pair.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN);
            await Desk.SetRuleAsync(Tenant, rule, draft.IsOn, values, User.Identity?.Name ?? "", Closed);
            (_said, _saidBad) = ($"{rule.Id} is saved; it holds from the next scan on.", false);
            _drafts.Remove(rule.Id);
            await ReadAgainAsync();
        }
        catch (ArgumentException wrong)
        {
            (_said, _saidBad) = ($"{rule.Id}: {wrong.Message}", true);
        }
    }

    private async Task SaveTagsAsync()
    {
        try
        {
            await Desk.SetKeepTagsAsync(Tenant, _tags, User.Identity?.Name ?? "", Closed);
            (_said, _saidBad) = ("The keep tags are saved.", false);
            await ReadAgainAsync();
        }
        catch (ArgumentException wrong)
        {
            (_said, _saidBad) = (wrong.Message, true);
        }
    }

    private async Task SaveHuntAsync()
    {
        try
        {
            await Desk.SetHuntAsync(Tenant, _hunt!.On, User.Identity?.Name ?? "", Closed);
            (_said, _saidBad) = ("Saved; it holds from the next scan on.", false);
            await ReadAgainAsync();
        }
        catch (ArgumentException wrong)
        {
            (_said, _saidBad) = (wrong.Message, true);
        }
    }

    private void Go(string name, object? value) =>
        Address.NavigateTo(Address.GetUriWithQueryParameter(name, value is string { Length: > 0 } text ? text : null), replace: true);

    private sealed class HuntDraft
    {
        public decimal PerScan { get; set; }

        public decimal PerMonth { get; set; }

        public bool SkipsRegions { get; set; }

        public bool SkipsServices { get; set; }

        public bool CorrectsLedger { get; set; }

        public bool AsksForBill { get; set; }

        public static HuntDraft Of(HuntSettings settings) => new()
        {
            PerScan = settings.MostUsdPerScan,
            PerMonth = settings.MostUsdPerMonth,
            SkipsRegions = settings.SkipsRegionsWithoutSpend,
            SkipsServices = settings.SkipsServicesWithoutSpend,
            CorrectsLedger = settings.CorrectsLedger,
            AsksForBill = settings.AsksForBill,
        };

        public HuntSettings On(HuntSettings settings) => settings with
        {
            MostUsdPerScan = PerScan,
            MostUsdPerMonth = PerMonth,
            SkipsRegionsWithoutSpend = SkipsRegions,
            SkipsServicesWithoutSpend = SkipsServices,
            CorrectsLedger = CorrectsLedger,
            AsksForBill = AsksForBill,
        };
    }

    private sealed class Draft
    {
        public bool IsOn { get; set; }

        public required Dictionary<string, string> Values { get; init; }
    }
}
