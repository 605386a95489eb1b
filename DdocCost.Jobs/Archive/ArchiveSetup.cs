using DdocCost.Domain.Ingestion;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Archive;

/// <summary>The raw archive, from configuration: a bucket where one is named, else a folder.</summary>
public static class ArchiveSetup
{
    /// <summary>Adds the archive. A bucket needs <see cref="AwsSetup.AddAws"/>.</summary>
    public static IServiceCollection AddRawArchive(this IServiceCollection services)
    {
        services.AddOptions<DataOptions>().BindConfiguration("Data");
        services.AddOptions<ArchiveOptions>().BindConfiguration("Archive").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IArchiveInventory>(Make)
            .AddSingleton(provider => (IRawArchive)provider.GetRequiredService<IArchiveInventory>())
            .AddSingleton<ArchiveCheck>();
    }

    private static IArchiveInventory Make(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<IOptions<ArchiveOptions>>().Value;
        var folder = settings.Folder ?? Path.Combine(provider.GetRequiredService<IOptions<DataOptions>>().Value.Folder, "archive");
        return settings.S3.Bucket is null ? new FolderArchive(folder) : new S3Archive(
            provider.GetRequiredService<AwsCaller>(), provider.GetRequiredService<AccountCredentials>().Machine, settings.S3, new DraftFolder(Path.Combine(folder, ".drafts")));
    }
}
