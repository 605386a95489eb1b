using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using DdocCost.Agent.Aws;
using DdocCost.Agent.Readers;
using DdocCost.Agent.Uplink;
using DdocCost.Protos.Agent.V1;

namespace DdocCost.Agent;

/// <summary>Reads a trail where it is and forwards it to dd0c/cost, surviving its absence.</summary>
internal static class Program
{
    private const int WrongUse = 2;

    /// <summary>This build.</summary>
    public static string Version { get; } = typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["--version"])
        {
            Console.WriteLine(Version);
            return 0;
        }

        if (arguments.Any(argument => argument is "-h" or "--help"))
        {
            Console.WriteLine(Help);
            return 0;
        }

        try
        {
            var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
            await RunAsync(AgentOptions.Read(arguments, environment));
            return 0;
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return WrongUse;
        }
    }

    private static async Task RunAsync(AgentOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        Directory.CreateDirectory(options.DataFolder);
        using var only = OnlyOne(options.DataFolder);
        using var spool = new Spool.Spool(Path.Combine(options.DataFolder, "spool"), options.SpoolLimit);
        var filter = new EdgeFilter(Path.Combine(options.DataFolder, "filter"), options.ForwardEverything);
        var outbox = new Outbox(spool, filter);
        using var aws = new AwsCaller(Environment.GetEnvironmentVariable);
        var readers = options.Sources.Select(source => SourceReaders.Create(source, Path.Combine(options.DataFolder, "positions"), options.Poll, aws)).ToList();
        using var channel = AppAddress.Open(options.Address, options.Pin);
        var identity = new Identity(Path.Combine(options.DataFolder, "credential"), options);
        var forwarder = new Forwarder(
            spool, filter, new HealthReporter(spool, options.SpoolLimit, outbox, filter, readers), identity, new AgentIntake.AgentIntakeClient(channel));

        Log.Info($"agent {Version}: {string.Join(", ", options.Sources)} to {options.Address}");
        await Task.WhenAll(readers.Select(reader => Task.Run(() => ReaderLoop.RunAsync(reader, outbox, options.Poll, stop.Token))).Append(forwarder.RunAsync(stop.Token)));
        Log.Info("stopped");
    }

    /// <summary>Two agents on one folder would both write its spool.</summary>
    private static FileStream OnlyOne(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new IOException($"Another agent works in {folder}.");
        }
    }

    private const string Help = """
        Reads an AWS CloudTrail where it is and forwards it to dd0c/cost.

        ddoc-agent --config=FILE [--name=value …]

          address        where the application is: https://cost.example.com
          token          one-time token of its page "Push"; needed once
          source         what to read, as often as there are:
                           folder:/var/trail
                           s3://bucket/prefix?region=eu-west-1     a trail's bucket
                           sqs:https://sqs.eu-west-1.amazonaws.com/111122223333/queue
                           lookup:eu-west-1                        no trail needed; minutes late
          data           folder of credential, spool, positions; default /var/lib/ddoc-agent
          spool-limit    most bytes that wait on disk, such as 500M; default 2G
          poll           seconds between two looks at a source; default 5
          pin            sha256/… of the server's public key, instead of the system's authorities
          insecure       true: plain HTTP to another machine
          forward-everything   true: send also what cannot cost money

        A file has lines of name = value. The environment has DDOC_AGENT_ADDRESS and so on, several sources by commas.
        AWS credentials: environment, ~/.aws/credentials, the container's or the instance's role.
        """;
}
