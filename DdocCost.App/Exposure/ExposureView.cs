using DdocCost.App.Shell;
using DdocCost.Domain.Ledger;

namespace DdocCost.App.Exposure;

/// <summary>What runs now.</summary>
/// <param name="Now">When it was read, UTC.</param>
/// <param name="Resources">One page of those that match.</param>
/// <param name="Count">How many match.</param>
/// <param name="UsdPerHour">What those cost, USD per hour.</param>
/// <param name="ByAccount">All that runs, per account.</param>
/// <param name="ByRegion">All that runs, per region.</param>
/// <param name="ByService">All that runs, per service.</param>
/// <param name="ByActor">All that runs, per actor that started it.</param>
/// <param name="Course">Exposure over the period, oldest first, the last is now; null where it cannot follow the filter.</param>
public sealed record ExposureView(
    DateTimeOffset Now, Page<RunningResource> Resources, long Count, decimal UsdPerHour,
    IReadOnlyList<Share> ByAccount, IReadOnlyList<Share> ByRegion, IReadOnlyList<Share> ByService, IReadOnlyList<Share> ByActor,
    IReadOnlyList<StepPoint>? Course);

/// <summary>A part of what runs.</summary>
/// <param name="Key">In the address.</param>
/// <param name="Label">For a person.</param>
/// <param name="UsdPerHour">What it costs, USD per hour.</param>
public sealed record Share(string Key, string Label, decimal UsdPerHour);
