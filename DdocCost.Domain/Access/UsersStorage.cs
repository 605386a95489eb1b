using Marten;

namespace DdocCost.Domain.Access;

/// <summary>How users are stored: outside of tenants, because they are needed before one is known.</summary>
internal sealed class UsersStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options) =>
        options.Schema.For<AppUser>().SingleTenanted().UniqueIndex(user => user.NormalizedName).UseOptimisticConcurrency(true);
}
