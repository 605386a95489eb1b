using System.Reflection;

namespace DdocCost.Jobs.Aws;

/// <summary>
/// An operation of AWS that we call, with the permissions it takes. Each is a static field beside the code that calls it: nothing can be
/// called without, so the policies under <c>ops</c> are checked against <see cref="AllIn"/>.
/// </summary>
/// <param name="Service">Whose it is.</param>
/// <param name="Name">Its name in the API.</param>
/// <param name="Actions">IAM actions it needs, such as <c>s3:ListBucket</c>; empty where it needs none.</param>
public sealed record AwsOperation(AwsService Service, string Name, IReadOnlyList<string> Actions)
{
    /// <summary>The verb, for the REST protocols.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>How answers are divided into pages; null where they are not.</summary>
    public AwsPaging? Paging { get; init; }

    /// <summary>Requests a second where the operation has a limit of its own.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>It brings events in, so it goes on in panic mode, which stops everything else.</summary>
    public bool BringsEvents { get; init; }

    /// <summary>It is about our own archive, which panic mode leaves alone as well: what comes in is to be kept.</summary>
    public bool KeepsEvents { get; init; }

    /// <summary>It is about our own queue between intake and scoring, which goes on in panic mode as well.</summary>
    public bool CarriesEvents { get; init; }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>All operations that an assembly calls.</summary>
    public static IReadOnlyList<AwsOperation> AllIn(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType == typeof(AwsOperation))
            .Select(field => (AwsOperation)field.GetValue(null)!),
    ];

    /// <inheritdoc/>
    public override string ToString() => $"{Service.IamName ?? Service.SigningName}:{Name}";
}

/// <summary>How an operation divides its answer: an answer's token goes into the next request.</summary>
/// <param name="RequestToken">Where the next request has it: a member, a parameter.</param>
/// <param name="ResponseToken">Where the answer has it.</param>
public sealed record AwsPaging(string RequestToken, string ResponseToken)
{
    /// <summary><c>NextToken</c> both ways.</summary>
    public static readonly AwsPaging NextToken = new("NextToken", "NextToken");

    /// <summary>EC2's: <c>NextToken</c> out, <c>nextToken</c> back.</summary>
    public static readonly AwsPaging Ec2 = new("NextToken", "nextToken");

    /// <summary><c>Marker</c> both ways: RDS, ElastiCache, Redshift, IAM.</summary>
    public static readonly AwsPaging Marker = new("Marker", "Marker");
}
