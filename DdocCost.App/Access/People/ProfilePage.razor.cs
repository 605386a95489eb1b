using System.Security.Claims;
using DdocCost.App.Access.OpenId;
using DdocCost.App.Access.Sessions;
using DdocCost.App.Access.Tokens;
using DdocCost.Domain.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using QRCoder;

namespace DdocCost.App.Access.People;

/// <summary>What a person changes of themselves.</summary>
public sealed partial class ProfilePage
{
    private const string Issuer = "dd0c/cost";
    private const int QrPixels = 6;

    private static readonly string[] Zones = [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id == "UTC" || id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private bool _busy;
    private string? _problem;
    private string? _done;
    private string _current = "";
    private string _next = "";
    private string _repeated = "";
    private string _confirm = "";
    private string _code = "";
    private string? _key;
    private string _zone = "";
    private string _numbers = "";
    private IReadOnlyList<string> _codes = [];

    [Inject] private ProfileDesk Desk { get; set; } = default!;

    [Inject] private SessionStore Sessions { get; set; } = default!;

    [Inject] private ApiTokens Tokens { get; set; } = default!;

    [Inject] private IOptions<OpenIdOptions> OpenId { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    private string Provider => OpenId.Value.Title;

    private string? Session => User.FindFirstValue(SessionStore.SessionClaim);

    private string SpacedKey => string.Join(' ', _key!.Chunk(4).Select(four => new string(four)));

    private string QrCode
    {
        get
        {
            var label = Uri.EscapeDataString($"{Issuer}:{Data!.Me.Name}");
            using var drawn = QRCodeGenerator.GenerateQrCode($"otpauth://totp/{label}?secret={_key}&issuer={Uri.EscapeDataString(Issuer)}&digits=6", QRCodeGenerator.ECCLevel.M);
            return $"data:image/png;base64,{Convert.ToBase64String(new PngByteQRCode(drawn).GetGraphic(QrPixels))}";
        }
    }

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    protected override async Task<ProfileView> ReadAsync(CancellationToken cancellationToken)
    {
        var me = await Desk.MeAsync(User) ?? throw new InvalidOperationException("The person is no longer let in.");
        return new ProfileView(me, await Sessions.ListAsync(me.Id, cancellationToken), await Tokens.ListAsync(me.TenantId, me.Id, cancellationToken));
    }

    /// <inheritdoc />
    protected override void OnRead(ProfileView? before, ProfileView now) => (_zone, _numbers) = before is null ? (now.Me.TimeZone ?? "", now.Me.Numbers ?? "") : (_zone, _numbers);

    private void BeginTwoFactor() => (_key, _code, _problem, _done) = (Desk.NewKey(), "", null, null);

    private Task ChangePasswordAsync() => ChangeAsync("The password is changed; your other sessions have ended.", async () =>
    {
        var problem = _next != _repeated ? "The two new passwords differ." : await Desk.ChangePasswordAsync(User, _current, _next, Closed);
        (_current, _next, _repeated) = ("", "", "");
        return problem;
    });

    private Task TurnOnAsync() => ChangeAsync("Two-factor sign-in is on.", async () =>
    {
        var (codes, problem) = await Desk.TurnOnAsync(User, _key!, _code, Closed);
        if (problem is null)
        {
            (_codes, _key) = (codes, null);
        }

        _code = "";
        return problem;
    });

    private Task TurnOffAsync() => ChangeAsync("Two-factor sign-in is off.", async () =>
    {
        var problem = await Desk.TurnOffAsync(User, _confirm, Closed);
        (_confirm, _codes) = ("", []);
        return problem;
    });

    private Task RenewCodesAsync() => ChangeAsync("The former recovery codes no longer work.", async () =>
    {
        (_codes, var problem) = await Desk.RenewCodesAsync(User, _confirm, Closed);
        _confirm = "";
        return problem;
    });

    private Task EndAsync(string? sessionId) => ChangeAsync("Ended.", async () =>
    {
        await Desk.EndSessionsAsync(User, sessionId, Closed);
        return null;
    });

    private Task RevokeAsync(ApiToken token) => ChangeAsync("Revoked.", async () =>
        await Tokens.RevokeAsync(Data!.Me, token.Id, Mouth.Page, Closed) ? null : "The token could not be revoked.");

    private Task SaveDisplayAsync() => ChangeAsync("Saved.", async () =>
    {
        var problem = await Desk.SetDisplayAsync(User, _zone, _numbers, Closed);
        if (problem is null)
        {
            Address.NavigateTo("/profile", forceLoad: true); // both stand in the document itself
        }

        return problem;
    });

    private async Task ChangeAsync(string done, Func<Task<string?>> change)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _problem = await change();
            _done = _problem is null ? done : null;
            await ReadAgainAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Me">The person.</param>
/// <param name="Sessions">Where they are signed in, latest first.</param>
/// <param name="Tokens">Their tokens, newest first.</param>
public sealed record ProfileView(AppUser Me, IReadOnlyList<BrowserSession> Sessions, IReadOnlyList<ApiToken> Tokens);
