using DdocCost.App.Access;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using DdocCost.Jobs.Polling;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Sources;

/// <summary>Connects many accounts at once: an organisation's members, or a list.</summary>
public sealed partial class OrganizationPage
{
    private const int MostShown = 200;

    private readonly HashSet<string> _picked = [];
    private readonly Dictionary<string, string> _failed = [];
    private IReadOnlyList<MemberAccount> _members = [];
    private IReadOnlyList<string> _problems = [];
    private string _throughId = "";
    private string _list = "";
    private string _filter = "";
    private string _role = "ddoc-cost";
    private string _externalId = "";
    private string _regions = "us-east-1";
    private bool _history;
    private bool _byItsRole;
    private bool _busy;
    private string? _done;

    [Inject] private AccountReader Reader { get; set; } = default!;

    [Inject] private AccountDesk Desk { get; set; } = default!;

    [Inject] private OrganizationMembers Organization { get; set; } = default!;

    private ConnectedAccount? Through => Data?.Accounts.Select(row => row.Account).FirstOrDefault(account => account.Id == _throughId);

    private IReadOnlyList<MemberAccount> Shown =>
        [.. _members.Where(member => $"{member.Name} {member.AccountId} {member.Owner} {member.Group}".Contains(_filter.Trim(), StringComparison.OrdinalIgnoreCase))];

    /// <inheritdoc />
    protected override Task<AccountsView> ReadAsync(CancellationToken cancellationToken) => Reader.ReadAsync(Sight, cancellationToken);

    private bool IsConnected(MemberAccount member) => Data!.Accounts.Any(row => row.Account.AccountId == member.AccountId);

    private bool MayPick(MemberAccount member) => member.IsActive && !IsConnected(member);

    private void Pick(MemberAccount member, bool isPicked) => _ = isPicked ? _picked.Add(member.AccountId) : _picked.Remove(member.AccountId);

    private void PickAll() => _picked.UnionWith(Shown.Where(MayPick).Select(member => member.AccountId));

    private Task ListAsync() => BusyAsync(async () =>
    {
        if (Through is not { } through)
        {
            return;
        }

        try
        {
            Show(await Organization.ListAsync(Tenant, through, Closed), []);
            _regions = string.Join(", ", through.Regions);
        }
        catch (Exception error) when (error is AwsException or NoCredentialsException or PanicException)
        {
            _problems = [OrganizationMembers.Describe(error)];
        }
    });

    private void ReadList()
    {
        var (accounts, problems) = MemberList.Read(_list);
        Show(accounts, accounts.Count == 0 && problems.Count == 0 ? ["There is no account in the list."] : problems);
    }

    private void Show(IReadOnlyList<MemberAccount> members, IReadOnlyList<string> problems)
    {
        (_members, _problems, _done) = (members, problems, null);
        _picked.Clear();
        _failed.Clear();
    }

    private Task ConnectAsync() => BusyAsync(async () =>
    {
        var plan = new MemberPlan
        {
            Role = _role.Trim(), ExternalId = _externalId, ReadsHistory = _history, Through = Through, ByItsRole = _byItsRole,
            Regions = [.. _regions.Split([',', ' ', '\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()],
        };
        _failed.Clear();
        var connected = 0;
        foreach (var member in _members.Where(member => _picked.Contains(member.AccountId)).ToList())
        {
            var outcome = await Desk.ConnectAsync(Tenant, plan.For(member), User.Identity?.Name ?? "", Closed);
            if (outcome.Problems.Count == 0)
            {
                connected++;
                _picked.Remove(member.AccountId);
                _done = $"{connected} connected so far.";
                StateHasChanged();
            }
            else
            {
                _failed[member.AccountId] = string.Join(" ", outcome.Problems);
            }
        }

        _done = _failed.Count == 0 ? $"{connected} connected. Their connection can be tested on the page of accounts." : $"{connected} connected, {_failed.Count} not: see the list.";
        await ReadAgainAsync();
    });

    private async Task BusyAsync(Func<Task> work)
    {
        if (_busy || !Roles.MayAdminister(User))
        {
            return;
        }

        _busy = true;
        try
        {
            await work();
        }
        finally
        {
            _busy = false;
        }
    }
}
