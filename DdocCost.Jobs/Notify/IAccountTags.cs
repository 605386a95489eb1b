namespace DdocCost.Jobs.Notify;

/// <summary>Tags of accounts, for routing.</summary>
public interface IAccountTags
{
    /// <summary>Tags of an account as <c>key=value</c>; empty where none are known.</summary>
    ValueTask<IReadOnlyList<string>> OfAsync(string tenantId, string accountId, CancellationToken cancellationToken);
}
