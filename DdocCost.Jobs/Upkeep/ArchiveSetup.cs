using DdocCost.Domain.Ingestion;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Upkeep;

/// <summary>The raw archive, from configuration.</summary>
public static class ArchiveSetup
{
    /// <summary>Adds the archive.</summary>
    public static IServiceCollection AddRawArchive(this IServiceCollection services)
    {
        services.AddOptions<DataOptions>().BindConfiguration("Data");
        services.AddOptions<ArchiveOptions>().BindConfiguration("Archive");
        return services
            .AddSingleton(provider => new FolderArchive(
                provider.GetRequiredService<IOptions<ArchiveOptions>>().Value.Folder
                ?? Path.Combine(provider.GetRequiredService<IOptions<DataOptions>>().Value.Folder, "archive")))
            .AddSingleton<IRawArchive>(provider => provider.GetRequiredService<FolderArchive>());
    }
}
