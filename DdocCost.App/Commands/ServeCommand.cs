using System.CommandLine;
using DdocCost.Jobs.Starting;

namespace DdocCost.App.Commands;

/// <summary><c>serve</c>: the web application with the job server inside, until stopped. Also what runs without a command.</summary>
internal static class ServeCommand
{
    /// <summary>The command as it stands under the root.</summary>
    public static Command Create()
    {
        var command = new Command("serve", "Serves the dashboard, the API and the job server until stopped (the default).");
        Configure(command);
        return command;
    }

    /// <summary>Lets the root command do the same when no command is named.</summary>
    public static void MakeDefault(RootCommand root) => Configure(root);

    private static void Configure(Command command)
    {
        var settings = Settings();
        command.Add(settings);
        command.SetAction((result, cancellationToken) =>
            InWords.RunAsync("serve", result.InvocationConfiguration.Error, () => Server.RunAsync(result.GetValue(settings) ?? [], cancellationToken)));
    }

    /// <summary>Configuration values on the command line, for whichever command starts the server.</summary>
    internal static Argument<string[]> Settings()
    {
        var settings = new Argument<string[]>("settings")
        {
            Description = "Configuration values as --Key=Value, such as --urls=http://127.0.0.1:8080; they win over files and environment.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        // A mistyped command must not start a server.
        settings.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Select(token => token.Value).Where(value => !IsSetting(value)))
            {
                result.AddError($"'{token}' is neither a command nor a setting of the form --Key=Value.");
            }
        });
        return settings;
    }

    private static bool IsSetting(string token) => token.StartsWith("--", StringComparison.Ordinal) && token.IndexOf('=', StringComparison.Ordinal) > 2;
}
