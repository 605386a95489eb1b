using Marten;

namespace DdocCost.Domain.Tuning;

/// <summary>How settings of the detector are kept.</summary>
internal sealed class TuningStorage : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options) =>
        options.Schema.For<DetectionSettings>().DocumentAlias("detection_settings").UseOptimisticConcurrency(true);
}
