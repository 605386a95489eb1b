using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DdocCost.Tests.Normalise;

/// <summary>A typical record of each call of the catalogue, made after the shapes in AWS's API references.</summary>
/// <param name="Service">eventSource without domain.</param>
/// <param name="Name">eventName.</param>
/// <param name="Request">requestParameters, JSON.</param>
/// <param name="Response">responseElements, JSON.</param>
internal sealed record CatalogueSample(string Service, string Name, string Request, string Response)
{
    public const string Region = "us-east-1";

    /// <summary>All of <c>catalogue.records.txt</c>: one line a call, four cells parted by tabs.</summary>
    public static IReadOnlyList<CatalogueSample> All { get; } =
    [
        .. from line in File.ReadLines(Path.Combine(Folder(), "catalogue.records.txt"))
           let cells = line.Split('\t')
           select new CatalogueSample(cells[0], cells[1], cells[2], cells[3]),
    ];

    /// <summary>The record as it is usually written.</summary>
    public string Typical => Records.Json(Service, Name, Request, Response, region: Region);

    /// <summary>As some services and tools write it: names in capitals, numbers and flags as strings.</summary>
    public string InAnotherHand => Records.Json(Service, Name, Rewritten(Request), Rewritten(Response), region: Region);

    /// <summary>AWS leaves the answer out where it is large, secret or of no interest.</summary>
    public string WithoutResponse => Records.Json(Service, Name, Request, region: Region);

    /// <summary>Lists as plain arrays, where AWS wraps them as <c>{"items":[…]}</c>; and wrapped where it does not.</summary>
    public string WithListsTheOtherWay => Records.Json(Service, Name, Rewrapped(Request), Rewrapped(Response), region: Region);

    /// <summary>Every text hidden, as AWS does with what it holds to be secret.</summary>
    public string Hidden => Records.Json(Service, Name, Hide(Request), Hide(Response), region: Region);

    /// <summary>Request and answer left out because they are large.</summary>
    public string Omitted => Records.Json(Service, Name, TooLarge("requestParameters"), TooLarge("responseElements"), region: Region);

    /// <summary>All odd records, by what is odd about them.</summary>
    public IReadOnlyList<(string Oddity, string Record)> Odd =>
    [
        ("in another hand", InAnotherHand), ("lists the other way", WithListsTheOtherWay), ("without response", WithoutResponse), ("hidden texts", Hidden), ("both omitted", Omitted),
    ];

    /// <summary>Nothing but the name of the call.</summary>
    public string Bare => Records.Json(Service, Name, region: Region);

    /// <summary>The call as AWS refused it.</summary>
    public string Refused => Records.Json(Service, Name, Request, error: "AccessDenied", region: Region);

    /// <summary>This folder.</summary>
    public static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private static string TooLarge(string field) => $$"""{"omitted":true,"originalSize":275000,"reason":"{{field}} exceeds max size"}""";

    private static string Rewrapped(string json) => Rewrapped(JsonNode.Parse(json))?.ToJsonString() ?? "null";

    private static JsonNode? Rewrapped(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } wrapped when (wrapped["items"] ?? wrapped["item"]) is JsonArray items => new JsonArray([.. items.Select(Rewrapped)]),
        JsonObject parts => new JsonObject(parts.Select(part => KeyValuePair.Create(part.Key, Rewrapped(part.Value)))),
        JsonArray items => new JsonObject { ["items"] = new JsonArray([.. items.Select(Rewrapped)]) },
        _ => node?.DeepClone(),
    };

    private static string Hide(string json) => Hide(JsonNode.Parse(json))?.ToJsonString() ?? "null";

    private static JsonNode? Hide(JsonNode? node) => node switch
    {
        JsonObject parts => new JsonObject(parts.Select(part => KeyValuePair.Create(part.Key, Hide(part.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Hide)]),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => JsonValue.Create("****"),
        _ => node?.DeepClone(),
    };

    private static string Rewritten(string json) => Rewritten(JsonNode.Parse(json))?.ToJsonString() ?? "null";

    private static JsonNode? Rewritten(JsonNode? node) => node switch
    {
        JsonObject parts => new JsonObject(parts.Select(part => KeyValuePair.Create(char.ToUpperInvariant(part.Key[0]) + part.Key[1..], Rewritten(part.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Rewritten)]),
        JsonValue value when value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => JsonValue.Create(value.ToJsonString()),
        _ => node?.DeepClone(),
    };
}
