using DdocCost.App.Access;

namespace DdocCost.App;

/// <summary>What the web application keeps besides the pipeline's documents.</summary>
public static class AppStorage
{
    /// <summary>Adds the mappings; also what the migration needs to know.</summary>
    public static IServiceCollection AddAppStorage(this IServiceCollection services) =>
        services.AddAccessStorage();
}
