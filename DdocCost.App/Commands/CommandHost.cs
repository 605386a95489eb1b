using DdocCost.Domain;
using DdocCost.Domain.Storage;
using DdocCost.Jobs;
using DdocCost.Jobs.Live;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.App.Commands;

/// <summary>A host without pages, for commands that work on the database.</summary>
internal static class CommandHost
{
    /// <summary>Exit code where there is nothing to read.</summary>
    public const int CannotRead = 2;

    /// <summary>Everything but the job server and the pages. Configuration comes from files and environment, as for <c>serve</c>.</summary>
    public static HostApplicationBuilder Create()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddFilter(level => level >= LogLevel.Warning); // the command itself tells what it does
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services
            .AddDomain(ConnectionString(builder.Configuration, "Postgres"))
            .AddLiveFeed(ConnectionString(builder.Configuration, "Redis"))
            .AddAppStorage()
            .AddJobStorage(ConnectionString(builder.Configuration, "Postgres"));
        return builder;
    }

    /// <summary>Runs a command, and says in a sentence what the world did not allow.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="error">Where to say it.</param>
    /// <param name="work">The command.</param>
    /// <returns>The command's exit code; 1 where database or settings are at fault, 2 where files are.</returns>
    public static async Task<int> RunAsync(string command, TextWriter error, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is NpgsqlException or OptionsValidationException or MissingSettingException or SchemaTooNewException)
        {
            await error.WriteLineAsync($"{command}: {failure.Message}");
            return 1;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{command}: {failure.Message}");
            return CannotRead;
        }
    }

    private static string ConnectionString(IConfiguration configuration, string name) =>
        configuration.GetConnectionString(name) ?? throw new MissingSettingException($"set ConnectionStrings__{name} in the environment.");

    private sealed class MissingSettingException(string message) : Exception(message);
}
