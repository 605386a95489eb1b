using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace DdocCost.App.Access.OpenId;

/// <summary>Sign-in at somebody else's, where it is configured.</summary>
internal static class OpenIdSetup
{
    /// <summary>Adds it, or nothing but its settings.</summary>
    public static void AddOpenId(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("Access:OpenId");
        services.AddOptions<OpenIdOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        if (section.Get<OpenIdOptions>() is not { IsOn: true } settings)
        {
            return;
        }

        services.AddSingleton<IAuthProvider, OpenIdProvider>().AddScoped<OpenIdSignIn>();
        services.AddAuthentication().AddOpenIdConnect(OpenIdProvider.Scheme, openId => Configure(openId, settings));
    }

    private static void Configure(OpenIdConnectOptions openId, OpenIdOptions settings)
    {
        (openId.Authority, openId.ClientId, openId.ClientSecret) = (settings.Authority, settings.ClientId, settings.ClientSecret);
        openId.ResponseType = OpenIdConnectResponseType.Code;
        openId.ResponseMode = OpenIdConnectResponseMode.Query;
        openId.UsePkce = true;
        openId.CallbackPath = "/sign-in/openid";
        openId.SignInScheme = IdentityConstants.ApplicationScheme;
        openId.RequireHttpsMetadata = !new Uri(settings.Authority!).IsLoopback;
        openId.DisableTelemetry = true;
        openId.MapInboundClaims = false;
        openId.GetClaimsFromUserInfoEndpoint = true; // many put groups there and not into the id token
        openId.ClaimActions.MapJsonKey(settings.GroupClaim, settings.GroupClaim);
        openId.ClaimActions.MapJsonKey("preferred_username", "preferred_username");
        openId.Scope.Clear();
        foreach (var scope in settings.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend("openid"))
        {
            openId.Scope.Add(scope);
        }

        // The provider leads back with a plain GET, so Lax cookies come along, over http on this machine too.
        openId.CorrelationCookie.SameSite = openId.NonceCookie.SameSite = SameSiteMode.Lax;
        openId.CorrelationCookie.SecurePolicy = openId.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        openId.Events.OnTicketReceived = TakeAsync;
        openId.Events.OnRemoteFailure = context =>
        {
            var log = context.HttpContext.RequestServices.GetRequiredService<ILogger<OpenIdProvider>>();
            AccessLog.ProviderFailed(log, context.Failure?.Message ?? "");
            return Refuse(context, "provider");
        };
    }

    private static async Task TakeAsync(TicketReceivedContext context)
    {
        var signIn = context.HttpContext.RequestServices.GetRequiredService<OpenIdSignIn>();
        var (person, refusal) = await signIn.TakeAsync(context.Principal!, context.HttpContext.RequestAborted);
        if (person is null)
        {
            await Refuse(context, refusal!);
            return;
        }

        context.Principal = person;
        context.ReturnUri = LocalAddress.OrOverview(context.ReturnUri);
    }

    private static Task Refuse<T>(HandleRequestContext<T> context, string reason)
        where T : AuthenticationSchemeOptions
    {
        context.Response.Redirect($"/sign-in?refused={reason}");
        context.HandleResponse();
        return Task.CompletedTask;
    }
}
