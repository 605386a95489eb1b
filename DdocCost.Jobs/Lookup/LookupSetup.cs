using DdocCost.Domain.Ledger;

namespace DdocCost.Jobs.Lookup;

/// <summary>Looking up what the trail does not tell.</summary>
public static class LookupSetup
{
    /// <summary>Adds the look-up in connected accounts.</summary>
    public static IServiceCollection AddLookup(this IServiceCollection services) => services.AddSingleton<IResourceLookup, AwsResourceLookup>().AddSingleton<LookUpJob>();
}
