using System.Net;
using System.Security.Claims;
using System.Threading.RateLimiting;
using DdocCost.App.Access.OpenId;
using DdocCost.App.Access.People;
using DdocCost.App.Access.Sessions;
using DdocCost.App.Access.Tokens;
using Marten;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access;

/// <summary>Sign-in and roles.</summary>
public static class AccessSetup
{
    /// <summary>Rate limit of pages that take a password or the setup code.</summary>
    public const string AttemptLimit = "attempts";

    /// <summary>Rate limit of the API: calls a minute for each token.</summary>
    public const string ApiLimit = "api";

    /// <summary>How often it is looked whether a session still goes on with the same rights.</summary>
    public static readonly TimeSpan RightsChecked = TimeSpan.FromMinutes(1);

    /// <summary>What the database keeps for access; also what the migration needs to know.</summary>
    public static IServiceCollection AddAccessStorage(this IServiceCollection services) => services.AddSingleton<IConfigureMarten, AccessStorage>();

    /// <summary>Users, their passwords and <see cref="CreateAdministrator"/>; enough for a command that serves no pages.</summary>
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddIdentityCore<AppUser>(Passwords).AddUserStore<MartenUserStore>().AddClaimsPrincipalFactory<AppClaims>()
            .AddTokenProvider<DataProtectorTokenProvider<AppUser>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddScoped<IUserConfirmation<AppUser>, NotDisabled>();
        return services.AddScoped<CreateAdministrator>();
    }

    /// <summary>All of it: users, cookie, policies, limits.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccessOptions>().BindConfiguration("Access").ValidateDataAnnotations().ValidateOnStart();
        services.AddUsers();
        services.AddIdentityCore<AppUser>().AddSignInManager();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(Cookie));
        services.AddTokens();
        services.AddSingleton<IAuthProvider, LocalProvider>().AddOpenId(configuration);
        services.AddPolicies();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatingSignIn>();
        services.Configure<SecurityStampValidatorOptions>(stamps =>
        {
            stamps.ValidationInterval = RightsChecked;
            stamps.OnRefreshingPrincipal = KeepSession;
        });
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<SessionStore, IOptions<AccessOptions>>((cookie, sessions, access) =>
        {
            cookie.SessionStore = sessions;
            cookie.ExpireTimeSpan = access.Value.SessionLife;
        });
        services.AddOptions<DataProtectionTokenProviderOptions>().Configure<IOptions<AccessOptions>>((links, access) => links.TokenLifespan = access.Value.LinkLife);
        services.AddSingleton<SessionStore>().AddSingleton<LetIn>().AddScoped<PeopleDesk>().AddScoped<Invitations>().AddScoped<ProfileDesk>().AddScoped<FilterDesk>().AddSingleton<PeopleReader>();
        services.AddRateLimiter(limits => limits.AddPolicy(AttemptLimit, Attempts).AddPolicy(ApiLimit, Calls).OnRejected = TooManyAttempts);
        services.AddSingleton<SetupCode>();
        services.AddHostedService<SetupInvitation>();
        return services;
    }

    private static void Passwords(IdentityOptions identity)
    {
        // Length is what counts (NIST SP 800-63B, 5.1.1.2); rules about digits and signs only make people write them down.
        identity.Password.RequiredLength = 12;
        identity.Password.RequiredUniqueChars = 5;
        identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
        identity.User.AllowedUserNameCharacters = ""; // any: names are people's own, and are shown escaped
        identity.SignIn.RequireConfirmedAccount = true; // what counts as such: NotDisabled
        identity.Lockout.MaxFailedAccessAttempts = 10;
        identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
    }

    private static void Cookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "ddoc.session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax; // Strict would sign a person out who follows a link from an alert mail
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest; // plain http on 127.0.0.1, https behind Caddy
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/sign-in";
        cookie.AccessDeniedPath = "/denied";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events.OnRedirectToLogin = context => RedirectPages(context, HttpStatusCode.Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => RedirectPages(context, HttpStatusCode.Forbidden);
    }

    private static Task KeepSession(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.CurrentPrincipal?.FindFirst(SessionStore.SessionClaim) is { } session)
        {
            (context.NewPrincipal?.Identity as ClaimsIdentity)?.AddClaim(session.Clone());
        }

        return Task.CompletedTask;
    }

    /// <summary>A person's browser asking for a page is shown the way; scripts, hubs and tools get the bare status.</summary>
    private static Task RedirectPages(RedirectContext<CookieAuthenticationOptions> context, HttpStatusCode status)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = (int)status;
        }

        return Task.CompletedTask;
    }

    private static RateLimitPartition<string> Attempts(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return RateLimitPartition.GetNoLimiter("look");
        }

        var permits = http.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.AttemptsPerMinute;
        return RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });
    }

    // By the token as sent: this comes before anybody has looked whether it is good, and a thousand bad ones must not crowd out a good one.
    private static RateLimitPartition<string> Calls(HttpContext http) => RateLimitPartition.GetTokenBucketLimiter(
        http.Request.Headers.Authorization.ToString() is { Length: > 0 and < 5000 } token ? TokenSecret.HashOf(token) : $"{http.Connection.RemoteIpAddress}",
        _ =>
        {
            var calls = http.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.ApiCallsPerMinute;
            return new TokenBucketRateLimiterOptions { TokenLimit = calls, TokensPerPeriod = calls, ReplenishmentPeriod = TimeSpan.FromMinutes(1), QueueLimit = 0 };
        });

    private static async ValueTask TooManyAttempts(OnRejectedContext context, CancellationToken cancellationToken)
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.HttpContext.Response.Headers.RetryAfter = "60";
        await context.HttpContext.Response.WriteAsync("Too many attempts from your address. Wait a minute, then try again.", cancellationToken);
    }

    /// <summary>Whom an administrator shut out cannot sign in, by whichever way.</summary>
    private sealed class NotDisabled : IUserConfirmation<AppUser>
    {
        public Task<bool> IsConfirmedAsync(UserManager<AppUser> manager, AppUser user) => Task.FromResult(user.DisabledAt is null);
    }
}
