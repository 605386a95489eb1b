using Marten;

namespace DdocCost.Domain.Storage;

/// <summary>A key of the ring that protects cookies and secrets, so that every process and restart can read what another wrote. Document.</summary>
/// <param name="Id">Friendly name.</param>
/// <param name="Xml">The key as ASP.NET Core wrote it, or sealed by the master key.</param>
public sealed record ProtectionKey(string Id, string Xml);

/// <summary>Keys belong to the installation, not to a tenant.</summary>
internal sealed class ProtectionKeyStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options) =>
        options.Schema.For<ProtectionKey>().DocumentAlias("protectionkey").SingleTenanted();
}
