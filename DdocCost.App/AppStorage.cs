using DdocCost.App.Access;
using DdocCost.App.Api;
using DdocCost.App.Ingest;
using Marten;

namespace DdocCost.App;

/// <summary>What the web application keeps besides the pipeline's documents.</summary>
public static class AppStorage
{
    /// <summary>Adds the mappings; also what the migration needs to know.</summary>
    public static IServiceCollection AddAppStorage(this IServiceCollection services) =>
        services.AddAccessStorage().AddApiStorage().AddSingleton<IConfigureMarten, IngestStorage>();
}
