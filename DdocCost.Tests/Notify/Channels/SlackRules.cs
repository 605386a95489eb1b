using System.Text.Json.Nodes;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>What Slack's Block Kit reference says that a message must keep to, written down apart from the product's own limits.</summary>
internal static class SlackRules
{
    /// <summary>Which rules a message breaks.</summary>
    public static IReadOnlyList<string> Broken(JsonObject message)
    {
        var broken = new List<string>();
        var blocks = message["blocks"]?.AsArray() ?? [];
        Check(broken, blocks.Count <= 50, "at most 50 blocks");
        Check(broken, ((string?)message["text"] ?? "").Length is > 0 and <= 4000, "text of 1 to 4,000 characters");
        Check(broken, blocks.Sum(block => AllText(block!)) <= 13_000, "msg_blocks_too_long");
        var ids = blocks.Select(block => (string?)block!["block_id"]).OfType<string>().ToList();
        Check(broken, ids.Count == ids.Distinct().Count() && ids.All(id => id.Length <= 255), "block_id unique, at most 255");
        foreach (var block in blocks)
        {
            Block(broken, block!.AsObject());
        }

        return broken;
    }

    /// <summary>All text that Slack would look through for markup and mentions.</summary>
    public static IEnumerable<string> ParsedText(JsonNode? node) => node switch
    {
        JsonObject o when (string?)o["type"] == "mrkdwn" => [(string)o["text"]!],
        JsonObject o => o.Where(member => member.Key != "text" || member.Value is not JsonValue || o.ContainsKey("blocks")).SelectMany(member => member.Key == "text" && member.Value is JsonValue ? [(string)member.Value!] : ParsedText(member.Value)),
        JsonArray a => a.SelectMany(ParsedText),
        _ => [],
    };

    /// <summary>Types of all elements.</summary>
    public static IEnumerable<string> Types(JsonNode? node) => node switch
    {
        JsonObject o => (o["type"] is JsonValue type ? [(string)type!] : Enumerable.Empty<string>()).Concat(o.SelectMany(member => Types(member.Value))),
        JsonArray a => a.SelectMany(Types),
        _ => [],
    };

    /// <summary>Everything a reader sees.</summary>
    public static string Visible(JsonNode? node) => string.Concat(Texts(node));

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(member => member is { Key: "text", Value: JsonValue value } ? [(string)value! + "\n"] : Texts(member.Value)),
        JsonArray a => a.SelectMany(Texts),
        _ => [],
    };

    private static void Block(List<string> broken, JsonObject block)
    {
        switch ((string)block["type"]!)
        {
            case "header":
                Check(broken, Length(block["text"]) is >= 1 and <= 150 && (string?)block["text"]!["type"] == "plain_text", "header: plain text of 1 to 150");
                break;
            case "context":
                Check(broken, block["elements"]!.AsArray().Count is >= 1 and <= 10, "context: 1 to 10 elements");
                break;
            case "actions":
                Check(broken, block["elements"]!.AsArray().Count is >= 1 and <= 25, "actions: 1 to 25 elements");
                foreach (var element in block["elements"]!.AsArray())
                {
                    Element(broken, element!.AsObject());
                }

                break;
            case "rich_text":
                Check(broken, block["elements"]!.AsArray().All(part => part!["elements"]!.AsArray() is { Count: >= 1 } runs && runs.All(run => Length(run) >= 1)), "rich_text: no empty element");
                break;
            default:
                broken.Add($"unknown block {block["type"]}");
                break;
        }
    }

    private static void Element(List<string> broken, JsonObject element)
    {
        Check(broken, ((string)element["action_id"]!).Length is >= 1 and <= 255, "action_id of 1 to 255");
        Check(broken, ((string?)element["value"] ?? "").Length <= 2000, "value of at most 2,000");
        Check(broken, ((string?)element["url"] ?? "").Length <= 3000, "url of at most 3,000");
        Check(broken, element["text"] is null || Length(element["text"]) is >= 1 and <= 75, "button text of 1 to 75");
        foreach (var option in element["options"]?.AsArray() ?? [])
        {
            Check(broken, Length(option!["text"]) is >= 1 and <= 75 && ((string)option["value"]!).Length <= 150, "option: text of 1 to 75, value of at most 150");
        }
    }

    private static int Length(JsonNode? textObject) => ((string?)textObject?["text"] ?? "").Length;

    private static int AllText(JsonNode node) => Texts(node).Sum(text => text.Length - 1);

    private static void Check(List<string> broken, bool holds, string rule)
    {
        if (!holds)
        {
            broken.Add(rule);
        }
    }
}
