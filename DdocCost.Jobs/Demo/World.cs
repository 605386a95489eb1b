using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Incidents;

namespace DdocCost.Jobs.Demo;

/// <summary>What can be simulated together: accounts, and what can go wrong in them.</summary>
/// <param name="Accounts">Makes the accounts from a seed, one of a kind.</param>
/// <param name="Incidents">What can happen; each in an account of its kind.</param>
public sealed record World(Func<ulong, IEnumerable<AccountLife>> Accounts, IReadOnlyList<Incident> Incidents)
{
    /// <summary>The demo's.</summary>
    public static World Demo { get; } = new(
        seed => [new WebTier(seed), new DataPlatform(seed), new DeveloperSandbox(seed), new MlTeam(seed), new CiFleet(seed), new PlatformTeam(seed), new SmallStartup(seed)],
        IncidentCatalogue.All);
}
