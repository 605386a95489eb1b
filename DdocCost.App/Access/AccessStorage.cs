using Marten;

namespace DdocCost.App.Access;

/// <summary>How it is stored whether the instance has an owner: outside of tenants.</summary>
internal sealed class AccessStorage : IConfigureMarten
{
    /// <inheritdoc />
    public void Configure(IServiceProvider services, StoreOptions options) => options.Schema.For<Installation>().SingleTenanted();
}

/// <summary>Exists once the instance has an owner; inserting it twice fails, so two setups at once make one administrator. Document.</summary>
/// <param name="Id">Always <see cref="TheOne"/>.</param>
/// <param name="ClaimedAt">When, UTC.</param>
internal sealed record Installation(string Id, DateTimeOffset ClaimedAt)
{
    /// <summary>The only id.</summary>
    public const string TheOne = "installation";
}
