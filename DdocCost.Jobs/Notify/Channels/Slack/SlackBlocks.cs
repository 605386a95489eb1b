using System.Text.Json.Nodes;
using DdocCost.Domain.Wording;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>
/// Collects blocks within Slack's limits, whatever is put in. Text from outside only goes into rich and plain text, which Slack does not search
/// for markup or mentions: there is nothing to escape and nothing to forget.
/// </summary>
internal sealed class SlackBlocks
{
    private readonly JsonArray _blocks = [];
    private int _left = SlackLimits.AllText;

    /// <summary>A heading.</summary>
    public SlackBlocks Header(string text) => Add(new JsonObject { ["type"] = "header", ["text"] = Plain(Take(text, SlackLimits.Header)) });

    /// <summary>Lines of rich text; an empty one is left out.</summary>
    public SlackBlocks Rich(IEnumerable<IEnumerable<JsonObject>> lines)
    {
        var elements = new JsonArray();
        var room = Math.Min(SlackLimits.Section, _left);
        foreach (var line in lines)
        {
            foreach (var run in line)
            {
                var text = SafeText.Cut((string)run["text"]!, room);
                if (text.Length > 0)
                {
                    run["text"] = text;
                    elements.Add((JsonNode)run);
                    room -= text.Length;
                }
            }

            if (room > 0 && elements.Count > 0)
            {
                elements.Add((JsonNode)Run("\n"));
                room--;
            }
        }

        _left -= Math.Min(SlackLimits.Section, _left) - room;
        return elements.Count == 0 ? this : Add(RichText("rich_text_section", elements));
    }

    /// <summary>Text as it is, in a box of its own.</summary>
    public SlackBlocks Preformatted(string text) =>
        Take(text, SlackLimits.Section) is { Length: > 0 } taken ? Add(RichText("rich_text_preformatted", [Run(taken)])) : this;

    /// <summary>Buttons and menus.</summary>
    /// <param name="id">Comes back with a click.</param>
    /// <param name="elements">At most 25.</param>
    public SlackBlocks Actions(string id, IEnumerable<JsonObject> elements) => Add(new JsonObject
    {
        ["type"] = "actions",
        ["block_id"] = id.Length <= SlackLimits.Id ? id : throw new ArgumentException("Longer than Slack allows.", nameof(id)),
        ["elements"] = new JsonArray([.. elements.Take(SlackLimits.Actions)]),
    });

    /// <summary>Something small; an empty one is left out.</summary>
    public SlackBlocks Context(string text) =>
        Take(text, SlackLimits.Section) is { Length: > 0 } taken ? Add(new JsonObject { ["type"] = "context", ["elements"] = new JsonArray(Plain(taken)) }) : this;

    /// <summary>The blocks.</summary>
    public JsonArray Build() => _blocks;

    /// <summary>A run of rich text.</summary>
    public static JsonObject Run(string text, bool bold = false)
    {
        var run = new JsonObject { ["type"] = "text", ["text"] = text };
        if (bold)
        {
            run["style"] = new JsonObject { ["bold"] = true };
        }

        return run;
    }

    /// <summary>A run that leads somewhere.</summary>
    public static JsonObject Link(string text, Uri url) => new() { ["type"] = "link", ["url"] = url.AbsoluteUri, ["text"] = text };

    /// <summary>A button.</summary>
    /// <param name="action">Comes back with a click.</param>
    /// <param name="text">What stands on it.</param>
    /// <param name="url">Where it leads instead of coming back, or null.</param>
    /// <param name="isPrimary">Whether it stands out.</param>
    public static JsonObject Button(string action, string text, Uri? url = null, bool isPrimary = false)
    {
        var button = new JsonObject { ["type"] = "button", ["action_id"] = action, ["text"] = Plain(SafeText.Cut(text, SlackLimits.Button)) };
        if (url is not null)
        {
            button["url"] = url.AbsoluteUri;
        }

        if (isPrimary)
        {
            button["style"] = "primary";
        }

        return button;
    }

    /// <summary>A menu.</summary>
    /// <param name="action">Comes back with a choice.</param>
    /// <param name="placeholder">What stands on it before.</param>
    /// <param name="options">Value and text of each.</param>
    public static JsonObject Menu(string action, string placeholder, params IReadOnlyList<(string Value, string Text)> options) => new()
    {
        ["type"] = "static_select",
        ["action_id"] = action,
        ["placeholder"] = Plain(SafeText.Cut(placeholder, SlackLimits.Button)),
        ["options"] = new JsonArray([.. options.Select(option => new JsonObject
        {
            ["text"] = Plain(SafeText.Cut(option.Text, SlackLimits.Button)),
            ["value"] = SafeText.Cut(option.Value, SlackLimits.OptionValue),
        })]),
    };

    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["emoji"] = false, ["text"] = text.Length == 0 ? "-" : text };

    private static JsonObject RichText(string type, JsonArray elements) => new()
    {
        ["type"] = "rich_text",
        ["elements"] = new JsonArray(new JsonObject { ["type"] = type, ["elements"] = elements }),
    };

    private string Take(string text, int most)
    {
        var taken = SafeText.Cut(text, Math.Min(most, _left));
        _left -= taken.Length;
        return taken;
    }

    private SlackBlocks Add(JsonObject block)
    {
        if (_blocks.Count < SlackLimits.Blocks)
        {
            _blocks.Add((JsonNode)block);
        }

        return this;
    }
}
