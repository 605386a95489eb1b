using DdocCost.App.Access;
using System.Globalization;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Jobs.Notify;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Notify;

/// <summary>The rules in order, a trial of them, and for administrators their change.</summary>
public sealed partial class RoutingPage
{
    private readonly HashSet<string> _health = [];
    private RoutingRule? _edited;
    private int? _index;
    private bool _busy;
    private IReadOnlyList<string> _problems = [];
    private int _casesPerHour = new RoutingPolicy().CasesPerHour;
    private string _timeZone = "UTC";
    private string _account = "";
    private string _service = "ec2";
    private string _actor = "";
    private string _tag = "";
    private DdocCost.Domain.Scoring.Severity _severity = DdocCost.Domain.Scoring.Severity.Warning;

    [Inject] private NotifyReader Reader { get; set; } = default!;

    [Inject] private RoutingDesk Desk { get; set; } = default!;

    private bool MayChange => Roles.MayAdminister(User);

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override Task<RoutingView> ReadAsync(CancellationToken cancellationToken) => Reader.RoutingAsync(Sight, cancellationToken);

    /// <inheritdoc />
    protected override void OnRead(RoutingView? before, RoutingView now)
    {
        if (before is null)
        {
            (_casesPerHour, _timeZone) = (now.Policy.CasesPerHour, now.Policy.TimeZone);
            _health.UnionWith(now.Policy.HealthChannels);
        }
    }

    private RoutePlan Try() => RoutePlanner.Plan(
        Data!.Policy, Data.Channels, new CaseScene(_account.Trim(), [_service.Trim()], _severity, [_actor.Trim()], _tag.Length > 0 ? [_tag.Trim()] : []), Time.GetUtcNow());

    private string Name(string channelId) => Data!.Channels.FirstOrDefault(channel => channel.Id == channelId)?.Name ?? "a channel that was removed";

    private string Sentence(RoutingRule rule)
    {
        string[] conditions =
        [
            $"From {rule.MinSeverity.ToString().ToLowerInvariant()} on",
            .. Condition("accounts", rule.Accounts), .. Condition("services", rule.Services), .. Condition("actors", rule.Actors), .. Condition("tags", rule.Tags),
            .. rule.During is { } during ? [Hours(during)] : Array.Empty<string>(),
        ];
        var tell = rule.Tell.Count == 0 ? "nobody" : string.Join(", ", rule.Tell.Select(Name));
        var fall = rule.FallBackTo.Count == 0 ? "" : $", else {string.Join(", then ", rule.FallBackTo.Select(Name))}";
        var quiet = rule.QuietHours is { } hours ? $". Quiet {Hours(hours)}; critical still comes" : "";
        var escalate = rule.EscalateAfterMinutes is { } minutes ? string.Create(CultureInfo.InvariantCulture, $". Nobody acknowledges for {minutes} minutes: {string.Join(", ", rule.EscalateTo.Select(Name))}") : "";
        return $"{string.Join("; ", conditions)}: {tell}{fall}{quiet}{escalate}.";
    }

    private static string[] Condition(string name, IReadOnlyList<string> patterns) => patterns.Count == 0 ? [] : [$"{name} {string.Join(", ", patterns)}"];

    private static string Hours(WeekHours hours)
    {
        var days = hours.Days.Count == 0 ? "every day" : string.Join(", ", hours.Days.Select(day => day.ToString()[..3]));
        return string.Create(CultureInfo.InvariantCulture, $"{days} {hours.From:HH:mm} to {hours.To:HH:mm} {hours.TimeZone}");
    }

    private void Add() => (_edited, _index, _problems) = (new RoutingRule { Name = "" }, null, []);

    private void Edit(int index) => (_edited, _index, _problems) = (Data!.Policy.Rules[index], index, []);

    private RoutingPolicy Replace(int index, RoutingRule rule) => Data!.Policy with { Rules = [.. Data.Policy.Rules.Select((old, i) => i == index ? rule : old)] };

    private RoutingPolicy Without(int index) => Data!.Policy with { Rules = [.. Data.Policy.Rules.Where((_, i) => i != index)] };

    private Task<bool> MoveAsync(int index, int by)
    {
        var rules = Data!.Policy.Rules.ToList();
        (rules[index], rules[index + by]) = (rules[index + by], rules[index]);
        return KeepAsync(Data.Policy with { Rules = rules });
    }

    private async Task SaveAsync(RoutingRule rule)
    {
        if (await KeepAsync(_index is { } index ? Replace(index, rule) : Data!.Policy with { Rules = [.. Data.Policy.Rules, rule] }))
        {
            _edited = null;
        }
        else
        {
            _edited = rule;
        }
    }

    private Task<bool> SaveGeneralAsync() => KeepAsync(Data!.Policy with { CasesPerHour = _casesPerHour, TimeZone = _timeZone.Trim(), HealthChannels = [.. _health] });

    private async Task<bool> KeepAsync(RoutingPolicy policy)
    {
        if (!MayChange || _busy)
        {
            return false;
        }

        _busy = true;
        try
        {
            _problems = await Desk.SaveAsync(Tenant, policy, User.Identity?.Name ?? "", Closed);
            await ReadAgainAsync();
            return _problems.Count == 0;
        }
        finally
        {
            _busy = false;
        }
    }

    private static void Toggle(HashSet<string> set, string id, bool on) => _ = on ? set.Add(id) : set.Remove(id);
}
