using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace DdocCost.Benchmarks;

/// <summary>
/// Writes CloudTrail log files as AWS lays them out: 1,000 records of about 1.4 KB a file, three in a hundred of them cost-bearing unless told
/// otherwise, several accounts, in which about as much ends as starts. The same seed gives the same files.
/// </summary>
internal sealed partial class TrailFiles(int seed, double share = TrailFiles.CostBearingShare, IReadOnlyList<string>? accounts = null)
{
    public const int RecordsPerFile = 1000;
    public const double CostBearingShare = 0.03;

    /// <summary>As many resources of a kind run in an account at most; then the oldest ends.</summary>
    private const int MostRunning = 500;

    private static readonly string[] FewAccounts = ["111122223333", "222233334444", "333344445555", "444455556666"];
    private static readonly string[] Regions = ["us-east-1", "eu-west-1", "eu-central-1"];
    private static readonly string[] People = ["alice", "bruno", "chen", "dara"];
    private static readonly string[] Agents =
    [
        "aws-sdk-go-v2/1.30.3 ua/2.1 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#amd64 api/ec2#1.171.0",
        "Boto3/1.34.144 md/Botocore#1.34.144 ua/2.0 os/linux#6.1.94 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython",
        "APN/1.0 HashiCorp/1.0 Terraform/1.9.2 (+https://www.terraform.io) terraform-provider-aws/5.58.0",
    ];

    private const string RecordTemplate = """
        {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLEDEVELOPER1:#person#","arn":"arn:aws:sts::#account#:assumed-role/Developer/#person#","accountId":"#account#","accessKeyId":"ASIA#hex16#","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLEDEVELOPER1","arn":"arn:aws:iam::#account#:role/Developer","accountId":"#account#","userName":"Developer"},"attributes":{"creationDate":"2026-09-01T00:00:00Z","mfaAuthenticated":"false"}}},"eventTime":"#time#","eventSource":"#source#","eventName":"#name#","awsRegion":"#region#","sourceIPAddress":"198.51.100.#octet#","userAgent":"#agent#","requestParameters":#request#,"responseElements":#response#,"requestID":"#id#","eventID":"#id#","readOnly":#readOnly#,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"#account#","eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"#source#"}}
        """;

    private readonly string[] _accounts = [.. accounts ?? FewAccounts];
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, Queue<string>> _running = (accounts ?? FewAccounts).ToDictionary(account => account, _ => new Queue<string>());
    private readonly Dictionary<string, Queue<string>> _volumes = (accounts ?? FewAccounts).ToDictionary(account => account, _ => new Queue<string>());
    private readonly Dictionary<string, Queue<string>> _gateways = (accounts ?? FewAccounts).ToDictionary(account => account, _ => new Queue<string>());
    private DateTimeOffset _time = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes so many files into a folder and returns their paths.</summary>
    public string[] Write(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        return [.. Enumerable.Range(0, count).Select(number => WriteFile(folder, number))];
    }

    private string WriteFile(string folder, int number)
    {
        var account = Pick(_accounts);
        var path = Path.Combine(folder, $"{account}_CloudTrail_us-east-1_{number:D6}.json.gz");
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Optimal);
        using var text = new StreamWriter(gzip, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        text.Write("""{"Records":[""");
        for (var i = 0; i < RecordsPerFile; i++)
        {
            text.Write(i == 0 ? "" : ",");
            text.Write(Record(account));
        }

        text.Write("]}");
        return path;
    }

    private string Record(string account)
    {
        _time += TimeSpan.FromMilliseconds(_random.Next(50, 2000));
        return _random.NextDouble() < share ? CostBearing(account) : Noise(account);
    }

    private string CostBearing(string account) => _random.Next(4) switch
    {
        0 when _running[account].Count < MostRunning => Run(account),
        1 => Volume(account),
        2 or 0 when _running[account].TryDequeue(out var instance) => Event(account, "ec2.amazonaws.com", "TerminateInstances", readOnly: false,
            $$$"""{"instancesSet":{"items":[{"instanceId":"{{{instance}}}"}]}}""",
            $$$"""{"requestId":"#id#","instancesSet":{"items":[{"instanceId":"{{{instance}}}","currentState":{"code":32,"name":"shutting-down"},"previousState":{"code":16,"name":"running"}}]}}"""),
        _ => Gateway(account),
    };

    private string Volume(string account)
    {
        if (_volumes[account].Count >= MostRunning)
        {
            return Event(account, "ec2.amazonaws.com", "DeleteVolume", readOnly: false,
                $$"""{"volumeId":"{{_volumes[account].Dequeue()}}"}""", """{"requestId":"#id#","_return":true}""");
        }

        var id = $"vol-{Hex(17)}";
        _volumes[account].Enqueue(id);
        return Event(account, "ec2.amazonaws.com", "CreateVolume", readOnly: false,
            """{"size":"100","zone":"us-east-1a","volumeType":"gp3"}""",
            $$"""{"requestId":"#id#","volumeId":"{{id}}","size":"100","zone":"us-east-1a","status":"creating","createTime":1788220800000,"volumeType":"gp3","iops":3000,"encrypted":false,"throughput":125}""");
    }

    private string Gateway(string account)
    {
        if (_gateways[account].Count >= MostRunning)
        {
            var gone = _gateways[account].Dequeue();
            return Event(account, "ec2.amazonaws.com", "DeleteNatGateway", readOnly: false,
                $$$"""{"DeleteNatGatewayRequest":{"NatGatewayId":"{{{gone}}}"}}""", $$$"""{"DeleteNatGatewayResponse":{"natGatewayId":"{{{gone}}}","requestId":"#id#"}}""");
        }

        var id = $"nat-{Hex(17)}";
        _gateways[account].Enqueue(id);
        return Event(account, "ec2.amazonaws.com", "CreateNatGateway", readOnly: false,
            """{"CreateNatGatewayRequest":{"AllocationId":"eipalloc-#hex17#","ClientToken":"#id#","SubnetId":"subnet-#hex17#"}}""",
            $$$"""{"CreateNatGatewayResponse":{"natGateway":{"natGatewayId":"{{{id}}}","state":"pending","subnetId":"subnet-#hex17#","vpcId":"vpc-#hex17#"},"requestId":"#id#"}}""");
    }

    private string Run(string account)
    {
        var id = $"i-{Hex(17)}";
        _running[account].Enqueue(id);
        return Event(account, "ec2.amazonaws.com", "RunInstances", readOnly: false,
            """{"instancesSet":{"items":[{"imageId":"ami-0abcdef1234567890","minCount":1,"maxCount":1}]},"instanceType":"m5.large","blockDeviceMapping":{},"monitoring":{"enabled":false},"disableApiTermination":false}""",
            $$$"""{"requestId":"#id#","reservationId":"r-#hex17#","ownerId":"#account#","groupSet":{},"instancesSet":{"items":[{"instanceId":"{{{id}}}","imageId":"ami-0abcdef1234567890","instanceState":{"code":0,"name":"pending"},"amiLaunchIndex":0,"productCodes":{},"instanceType":"m5.large","placement":{"availabilityZone":"us-east-1a","tenancy":"default"},"monitoring":{"state":"disabled"},"subnetId":"subnet-#hex17#","vpcId":"vpc-#hex17#","architecture":"x86_64","rootDeviceType":"ebs","virtualizationType":"hvm","hypervisor":"xen"}]}}""");
    }

    private string Noise(string account) => _random.Next(5) switch
    {
        0 => Event(account, "ec2.amazonaws.com", "DescribeInstances", readOnly: true,
            """{"maxResults":1000,"instancesSet":{},"filterSet":{"items":[{"name":"instance-state-name","valueSet":{"items":[{"value":"running"}]}}]}}""", "null"),
        1 => Event(account, "sts.amazonaws.com", "AssumeRole", readOnly: true,
            """{"roleArn":"arn:aws:iam::#account#:role/deploy","roleSessionName":"#hex12#","durationSeconds":3600}""",
            """{"credentials":{"accessKeyId":"ASIA#hex16#","sessionToken":"#hex120#","expiration":"Sep 1, 2026, 1:00:00 AM"},"assumedRoleUser":{"assumedRoleId":"AROAEXAMPLE:#hex12#","arn":"arn:aws:sts::#account#:assumed-role/deploy/#hex12#"}}"""),
        2 => Event(account, "kms.amazonaws.com", "Decrypt", readOnly: true,
            """{"encryptionAlgorithm":"SYMMETRIC_DEFAULT","encryptionContext":{"aws:s3:arn":"arn:aws:s3:::data-#account#/part-#hex8#"}}""", "null"),
        3 => Event(account, "logs.amazonaws.com", "CreateLogStream", readOnly: false,
            """{"logGroupName":"/aws/lambda/worker","logStreamName":"2026/09/01/[$LATEST]#hex32#"}""", "null"),
        _ => Event(account, "s3.amazonaws.com", "GetBucketAcl", readOnly: true,
            """{"bucketName":"data-#account#","Host":"data-#account#.s3.amazonaws.com","acl":""}""", "null"),
    };

    private string Event(string account, string source, string name, bool readOnly, string request, string response)
    {
        var person = Pick(People);
        var time = _time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return Placeholder().Replace(RecordTemplate.Replace("#request#", request, StringComparison.Ordinal).Replace("#response#", response, StringComparison.Ordinal), match => match.Value switch
        {
            "#account#" => account,
            "#source#" => source,
            "#name#" => name,
            "#readOnly#" => readOnly ? "true" : "false",
            "#person#" => person,
            "#time#" => time,
            "#region#" => Regions[account[0] % Regions.Length], // what starts and ends is in the same
            "#agent#" => Pick(Agents),
            "#octet#" => _random.Next(1, 255).ToString(CultureInfo.InvariantCulture),
            "#id#" => new Guid(Bytes(16)).ToString(),
            _ => Hex(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
        });
    }

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];

    private string Hex(int length) => Convert.ToHexStringLower(Bytes((length + 1) / 2))[..length];

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    // #account#, #id#, #hex17# (so many random hexadecimal digits), …
    [GeneratedRegex("#(?:hex)?([A-Za-z]+|[0-9]+)#")]
    private static partial Regex Placeholder();
}
