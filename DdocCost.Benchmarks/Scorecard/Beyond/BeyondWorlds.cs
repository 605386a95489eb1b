using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Accounts;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Benchmarks.Scorecard.Beyond.Accounts;
using DdocCost.Benchmarks.Scorecard.Beyond.Incidents;

namespace DdocCost.Benchmarks.Scorecard.Beyond;

/// <summary>
/// Kinds of account and of mistake that the demo's world does not have, in six parts. What was seen of five of them changed the detector.
/// </summary>
internal static class BeyondWorlds
{
    /// <summary>Looked at since the detector was first made.</summary>
    public static World Seen { get; } = new(
        seed => [new ResearchCluster(seed), new CampaignShop(seed), new Agency(seed)],
        [new ClusterLeftOn(), new EndpointPerTrial(), new ParameterSweep(), new GpuByTemp(), new KeyInManyRegions(), new TestBalancers(), new SaleLeftOn(), new CacheOfEverything()]);

    /// <summary>What was missed here showed faults in what is learned.</summary>
    public static World Mended { get; } = new(
        seed => [new GameStudio(seed), new QuietBank(seed), new KubernetesPlatform(seed)],
        [new StuckScaleIn(), new TablesOfProduction(), new VolumeLoop(), new DatabaseForDebugging(), new EveryRegion(), new WrongNodeFamily()]);

    /// <summary>What was said wrongly here showed faults in what a told sum is made of.</summary>
    public static World Told { get; } = new(
        seed => [new RenderFarm(seed), new HospitalArchive(seed)],
        [new RendersNobodyWants(), new WorkstationsForGuests(), new TestRestore(), new WrongDiskForArchive()]);

    /// <summary>What was missed here showed that a mistake which comes again every third day was taken for a habit.</summary>
    public static World Repeated { get; } = new(seed => [new BakeryChain(seed)], [new PlannerByDay(), new ForecastServed(), new GatewayPerShop()]);

    /// <summary>What was said wrongly here showed that one cause was blamed for what is usual for another.</summary>
    public static World Beside { get; } = new(
        seed => [new Newsroom(seed), new GenomeLab(seed), new SmallWorks(seed)],
        [new TasksTimesTen(), new IndexTwice(), new SamplesAgain(), new NotebookOfAnother(), new EndpointsOfPlants(), new FloorOfTomorrow()]);

    /// <summary>Written by somebody who knew the simulator and not the detector, and never looked at while the detector was made.</summary>
    public static World Blind { get; } = new(
        seed => [new UniversityLab(seed), new ParcelLogistics(seed), new MlStartup(seed), new BankLandscape(seed), new SaasPerCustomer(seed)],
        [
            new KeyUsedSlowly(), new LectureCluster(), new DesktopsForAll(), new ShardsNeverBack(), new RestoreLoop(), new ProviderWithoutRegion(),
            new CapacityKept(), new ModelByTheHour(), new ScratchLeft(), new SpotFallback(), new CountOfAll(), new ModulePerTeam(),
            new ReplicasForReport(), new StacksForBots(), new EveryDatabaseLarger(), new CopyOfTheLargest(),
        ]);
}
