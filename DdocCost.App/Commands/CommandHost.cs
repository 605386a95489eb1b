using DdocCost.Domain;
using DdocCost.Jobs;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Starting;

namespace DdocCost.App.Commands;

/// <summary>A host without pages, for commands that work on the database.</summary>
internal static class CommandHost
{
    /// <summary>Everything but the job server and the pages. Configuration comes from files and environment, as for <c>serve</c>.</summary>
    public static HostApplicationBuilder Create()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddFilter(level => level >= LogLevel.Warning); // the command itself tells what it does
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services
            .AddDomain(MissingSettingException.ConnectionString(builder.Configuration, "Postgres"))
            .AddLiveFeed(MissingSettingException.ConnectionString(builder.Configuration, "Redis"))
            .AddAppStorage()
            .AddJobStorage(MissingSettingException.ConnectionString(builder.Configuration, "Postgres"));
        return builder;
    }
}
