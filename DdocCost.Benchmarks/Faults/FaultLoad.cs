using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using DdocCost.Jobs.Demo;

namespace DdocCost.Benchmarks.Faults;

/// <summary>
/// Some days of the simulated accounts, and in every tenth file's wake somebody new who starts GPU machines, half of which are stopped later; as log
/// files in the order in which it happened. An account comes through one mouth only, so that there is one order of what happens in it.
/// </summary>
/// <param name="Files">All of them.</param>
/// <param name="Duration">Over which they are sent.</param>
internal sealed partial record FaultLoad(IReadOnlyList<LoadFile> Files, TimeSpan Duration)
{
    /// <summary>Writes one.</summary>
    /// <param name="folder">Where its files lie.</param>
    /// <param name="seed">What it is drawn from.</param>
    /// <param name="days">Days of life; about a hundred files each.</param>
    /// <param name="duration">Over which it is sent.</param>
    public static FaultLoad Write(string folder, int seed, int days, TimeSpan duration)
    {
        // Lately, because history is told to nobody.
        var start = new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date, TimeSpan.Zero).AddDays(-days - 1);
        SimulatedCorpus.Write(folder, (ulong)seed, start, days, incidents: 0, noise: 0.3);
        foreach (var (i, name) in Directory.GetFiles(folder, "*.json.gz", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal).Index())
        {
            if (i % 10 == 0)
            {
                WriteIncident(folder, i, AccountOf(name!), StampOf(name!), "RunInstances");
            }
            else if (i % 20 == 15)
            {
                WriteIncident(folder, i / 10 * 10, AccountOf(name!), StampOf(name!), "TerminateInstances");
            }
        }

        var files = Directory.GetFiles(folder, "*.json.gz", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetFileName(path))).OrderBy(file => StampOf(file.Name), StringComparer.Ordinal).ThenBy(file => file.Name, StringComparer.Ordinal).ToList();
        var mouths = files.Select(file => AccountOf(file.Name)).Distinct().Order(StringComparer.Ordinal).Index().ToDictionary(account => account.Item, account => (Mouth)(account.Index % 3));
        return new FaultLoad([.. files.Select(file => new LoadFile(file.Path, file.Name, AccountOf(file.Name), mouths[AccountOf(file.Name)]))], duration);
    }

    private static void WriteIncident(string folder, int number, string account, string stamp, string call)
    {
        var time = DateTimeOffset.ParseExact(stamp, "'_'yyyyMMdd'T'HHmm'Z_'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var instances = string.Join(',', Enumerable.Range(1, 16).Select(i => $$"""{"instanceId":"i-{{(number * 100) + i:x17}}","instanceType":"p4d.24xlarge"}"""));
        using var file = File.Create(Path.Combine(folder, $"{account}_CloudTrail_sa-east-1{stamp}zz{number:D8}{call[0]}.json.gz"));
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        using var text = new StreamWriter(gzip);
        text.Write(
            $$"""
            {"Records":[{"eventVersion":"1.10","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::{{account}}:user/mallory-{{number}}","accountId":"{{account}}","userName":"mallory-{{number}}"},
            "eventTime":"{{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}","eventSource":"ec2.amazonaws.com","eventName":"{{call}}","awsRegion":"sa-east-1","sourceIPAddress":"198.51.100.7","userAgent":"aws-cli",
            "requestParameters":{"instanceType":"p4d.24xlarge","instancesSet":{"items":[{{(call[0] == 'R' ? """{"minCount":16,"maxCount":16}""" : instances)}}] } },
            "responseElements":{"instancesSet":{"items":[{{instances}}] } },"eventID":"{{new Guid(number, (short)call[0], 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 0)}}","eventType":"AwsApiCall","recipientAccountId":"{{account}}"}]}
            """);
    }

    private static string AccountOf(string name) => name[..12];

    private static string StampOf(string name) => Stamp().Match(name).Value;

    [GeneratedRegex(@"_\d{8}T\d{4}Z_")]
    private static partial Regex Stamp();
}

/// <summary>One file of it.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">As CloudTrail names it.</param>
/// <param name="Account">Whose records it holds.</param>
/// <param name="Mouth">Which way it comes.</param>
internal sealed record LoadFile(string Path, string Name, string Account, Mouth Mouth);

/// <summary>A way by which records come.</summary>
internal enum Mouth
{
    /// <summary>Posted, one after the other, until each is accepted.</summary>
    Webhook,

    /// <summary>Written into the folder that job servers watch.</summary>
    Folder,

    /// <summary>Written into the folder that the agent reads.</summary>
    Agent,
}
