namespace DdocCost.Domain.Access;

/// <summary>Whose data somebody sees, and of it which AWS accounts. The default value sees nothing.</summary>
public readonly record struct Sight
{
    /// <summary>Makes one.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="accounts">The only accounts; null for all of the tenant, empty for none.</param>
    public Sight(string tenantId, IReadOnlyCollection<string>? accounts = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenantId);
        (TenantId, _accounts, SeesAll) = (tenantId, accounts is null ? null : [.. accounts.Order(StringComparer.Ordinal)], accounts is null);
    }

    private readonly string[]? _accounts;

    /// <summary>The tenant.</summary>
    public string TenantId { get; } = "";

    /// <summary>All accounts of the tenant, and what belongs to no account.</summary>
    public bool SeesAll { get; }

    /// <summary>The only accounts, where <see cref="SeesAll"/> is false.</summary>
    public string[] Accounts => _accounts ?? [];

    /// <summary>Everything of a tenant: for what the product does by itself.</summary>
    public static Sight OfAll(string tenantId) => new(tenantId);

    /// <summary>Whether an account is seen.</summary>
    public bool Sees(string? accountId) => SeesAll || (accountId is not null && Array.IndexOf(Accounts, accountId) >= 0);
}
