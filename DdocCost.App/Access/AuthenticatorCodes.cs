using Microsoft.AspNetCore.Identity;

namespace DdocCost.App.Access;

/// <summary>Codes of authenticator apps (RFC 6238), each good once.</summary>
internal sealed class AuthenticatorCodes : AuthenticatorTokenProvider<AppUser>
{
    // As many as are valid at one moment: Identity takes two steps of 30 seconds before and after this one.
    private const int Remembered = 5;

    /// <inheritdoc />
    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<AppUser> manager, AppUser user)
    {
        if (user.UsedCodes.Contains(token) || !await base.ValidateAsync(purpose, token, manager, user))
        {
            return false;
        }

        user.UsedCodes = [.. user.UsedCodes.TakeLast(Remembered - 1), token];
        return (await manager.UpdateAsync(user)).Succeeded; // of two at once with the same code one fails
    }
}
