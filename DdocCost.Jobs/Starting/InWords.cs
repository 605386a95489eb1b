using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Starting;

/// <summary>How a program ends when the world does not allow what it is to do: with a sentence, not with a stack trace.</summary>
public static class InWords
{
    /// <summary>Exit code where there is nothing to read.</summary>
    public const int CannotRead = 2;

    /// <summary>Runs a command.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="error">Where to say what was not possible.</param>
    /// <param name="work">The command.</param>
    /// <returns>The command's exit code; 1 where database or settings are at fault, 2 where files are.</returns>
    public static async Task<int> RunAsync(string command, TextWriter error, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is NpgsqlException or DatabaseAwayException or OptionsValidationException or MissingSettingException or SchemaTooNewException or SchemaTooOldException)
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
}
