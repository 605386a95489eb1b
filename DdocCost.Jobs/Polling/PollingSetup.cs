using DdocCost.Domain.Sources;

namespace DdocCost.Jobs.Polling;

/// <summary>Reading of sources.</summary>
public static class PollingSetup
{
    /// <summary>Adds the desk where connected accounts are changed; every process has it.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddOptions<SourcesOptions>().BindConfiguration("Sources").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PollingOptions>().BindConfiguration("Polling").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<AccountDesk>().AddSingleton<ConnectionTest>().AddSingleton<OrganizationMembers>().AddSingleton<FolderImport>();
    }

    /// <summary>Adds what reads the sources, after <see cref="AddAccounts"/>.</summary>
    public static IServiceCollection AddSourceCrew(this IServiceCollection services) =>
        services.AddSingleton<SourceFactory>().AddHostedService<SourceCrew>();
}
