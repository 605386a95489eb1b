namespace DdocCost.Jobs.Demo.Incidents;

/// <summary>All incidents that the simulator knows.</summary>
public static class IncidentCatalogue
{
    /// <summary>One of each scenario. To add one: its file and a line here.</summary>
    public static IReadOnlyList<Incident> All { get; } =
    [
        new CryptoMining(),
        new IdleGpuEndpoint(),
        new NetworkSprawl(),
        new RunawayScaling(),
        new OversizedDatabase(),
        new WrongInstanceSize(),
        new ServiceTimesHundred(),
        new WarehouseResize(),
        new HugeVolume(),
        new ForgottenLoadTest(),
        new CapacityTypo(),
        new NodeGroupExplosion(),
        new OversizedCache(),
        new ForgottenGpuNotebook(),
        new SearchDomainUpsized(),
        new WarmFunctionsTypo(),
        new LeakingRunners(),
    ];

    /// <summary>The incident of that scenario.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name.</exception>
    public static Incident Named(string scenario) => All.Single(i => i.Scenario == scenario);
}
