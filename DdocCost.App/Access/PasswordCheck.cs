using Microsoft.AspNetCore.Identity;

namespace DdocCost.App.Access;

/// <summary>Name, password and code at once, without a cookie; counts towards the lock-out as the sign-in page does.</summary>
internal sealed class PasswordCheck(SignInManager<AppUser> signIn, UserManager<AppUser> users, ILogger<PasswordCheck> log)
{
    /// <summary>What is said whatever was wrong: nobody learns which names exist.</summary>
    public const string Refusal = "Name, password or code is wrong, or the account is locked or disabled. Ten wrong attempts in a row lock an account for ten minutes.";

    /// <summary>Who it is; null where anything was wrong.</summary>
    public async Task<AppUser?> RunAsync(string name, string password, string? code, string? address)
    {
        var user = await users.FindByNameAsync(name.Trim());
        if (user?.PasswordHash is null)
        {
            users.PasswordHasher.HashPassword(new AppUser(), password); // as long as a name that exists takes
            AccessLog.Refused(log, name, address, "no such name");
            return null;
        }

        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!result.Succeeded || (user.TwoFactor && !await CodeAsync(user, code)))
        {
            AccessLog.Refused(log, name, address, result.Succeeded ? "wrong code" : result.ToString());
            return null;
        }

        AccessLog.SignedIn(log, name);
        return user;
    }

    private async Task<bool> CodeAsync(AppUser user, string? code)
    {
        var typed = (code ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, typed) || (await users.RedeemTwoFactorRecoveryCodeAsync(user, typed)).Succeeded)
        {
            await users.ResetAccessFailedCountAsync(user);
            return true;
        }

        await users.AccessFailedAsync(user);
        return false;
    }
}
