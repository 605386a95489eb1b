using JasperFx;
using Marten;
using Microsoft.AspNetCore.Identity;

namespace DdocCost.App.Access;

/// <summary>Makes the first user of an instance, once, whoever asks: the setup page or the demo.</summary>
public sealed class CreateAdministrator(UserManager<AppUser> users, IDocumentStore store, TimeProvider time)
{
    /// <summary>Whether the instance has an owner already.</summary>
    public async Task<bool> IsDoneAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.Query<AppUser>().AnyAsync(cancellationToken);
    }

    /// <summary>Creates the administrator.</summary>
    /// <param name="name">E-mail address or other name to sign in with.</param>
    /// <param name="password">At least 12 characters.</param>
    /// <param name="tenantId">Whose data the administrator sees.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Problems for a person to read, one sentence each; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> CreateAsync(string name, string password, string tenantId, CancellationToken cancellationToken)
    {
        var user = new AppUser { Name = name.Trim(), TenantId = tenantId, Role = AccessRole.Administrator, CreatedAt = time.GetUtcNow() };
        var problems = await ProblemsAsync(user, password);
        if (problems.Count > 0)
        {
            return problems;
        }

        user.NormalizedName = users.NormalizeName(user.Name)!;
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        return await IsDoneAsync(cancellationToken) || !await ClaimAsync(user, cancellationToken)
            ? ["This instance has an administrator already. Sign in instead."]
            : [];
    }

    private async Task<List<string>> ProblemsAsync(AppUser user, string password)
    {
        var problems = new List<string>();
        if (user.Name.Length is < 3 or > 254)
        {
            problems.Add("Give an e-mail address or name of 3 to 254 characters.");
        }

        foreach (var validator in users.PasswordValidators)
        {
            problems.AddRange((await validator.ValidateAsync(users, user, password)).Errors.Select(error => error.Description));
        }

        return problems;
    }

    /// <summary>User and claim are written together: of two setups at once exactly one succeeds, and a crash leaves neither half.</summary>
    private async Task<bool> ClaimAsync(AppUser user, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        session.Insert(new Installation(Installation.TheOne, time.GetUtcNow()));
        session.Insert(user);
        try
        {
            await session.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DocumentAlreadyExistsException)
        {
            return false;
        }
    }
}
