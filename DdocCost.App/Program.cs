using System.CommandLine;
using DdocCost.App.Commands;
using DdocCost.App.Commands.Asking;

// Table of contents of the command line; each command is a file of Commands/.
var root = new RootCommand("dd0c/cost: reads CloudTrail, prices every change at once, and tells who spends what. Without a command it serves.")
{
    ServeCommand.Create(),
    ReplayCommand.Create(),
    SimulateCommand.Create(),
    ImportCommand.Create(),
    ReprocessCommand.Create(),
    BillCommand.Create(),
    MigrateCommand.Create(),
    HealthCommand.Create(),
    AdministratorCommand.Create(),
    DemoCommand.Create(),
};
foreach (var ask in AskCommands.Create())
{
    root.Add(ask);
}

ServeCommand.MakeDefault(root);

// Ctrl-C is the web host's business, which drains what is under way; null keeps the library from killing it after two seconds.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
