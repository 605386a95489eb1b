using DdocCost.Domain.Access;

namespace DdocCost.Domain.Notify.Digests;

/// <summary>A section of the digest that another stage knows, such as the zombies found or what our own calls to AWS cost. Add it to the services.</summary>
public interface IDigestSection
{
    /// <summary>What there is to say of a period of the accounts that the reader sees; null for nothing.</summary>
    Task<DigestSection?> ReadAsync(Sight sight, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}
