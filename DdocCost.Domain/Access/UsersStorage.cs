using Marten;

namespace DdocCost.Domain.Access;

/// <summary>How people and passes are stored: outside of tenants, because they are needed before one is known.</summary>
internal sealed class UsersStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Schema.For<AppUser>().SingleTenanted().UniqueIndex(user => user.NormalizedName).Index(user => user.ExternalId!).UseOptimisticConcurrency(true);
        options.Schema.For<ApiToken>().SingleTenanted().DocumentAlias("api_tokens").UniqueIndex(token => token.Hash).UseOptimisticConcurrency(true);
        options.Schema.For<BrowserSession>().SingleTenanted().DocumentAlias("browser_sessions").Index(session => session.UserId);
        options.Schema.For<RefreshToken>().SingleTenanted().DocumentAlias("refresh_tokens").Index(token => token.Family).UseOptimisticConcurrency(true);
        options.Schema.For<SigningKey>().SingleTenanted().DocumentAlias("signing_keys");
    }
}
