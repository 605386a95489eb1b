using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace DdocCost.Jobs.Zombies;

/// <summary>
/// A place in an answer of AWS, whichever protocol it came by: JSON and XML read alike. What is absent, null or of another type is null,
/// never an error, so an answer that lacks something costs no more than that.
/// </summary>
internal readonly struct Wire
{
    private readonly JsonElement json;
    private readonly XElement? xml;

    /// <summary>Of a JSON answer.</summary>
    public Wire(JsonElement json) => this.json = json;

    /// <summary>Of an XML answer.</summary>
    public Wire(XElement? xml) => this.xml = xml;

    /// <summary>A member; of what is absent, absent too.</summary>
    public Wire this[string name] => xml is not null
        ? new Wire(xml.Element(name))
        : json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? new Wire(member) : default;

    /// <summary>Whether there is anything here.</summary>
    public bool IsThere => xml is not null || json.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>Whether it has a member, be there something in it or not.</summary>
    public bool Has(string name) => xml is not null ? xml.Element(name) is not null : json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out _);

    /// <summary>Its own text, or null.</summary>
    public string? Value => xml is not null
        ? (xml.HasElements ? null : NonEmpty(xml.Value))
        : json.ValueKind switch
        {
            JsonValueKind.String => NonEmpty(json.GetString()),
            JsonValueKind.Number => json.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };

    /// <summary>A member's text, or null.</summary>
    public string? Text(string name) => this[name].Value;

    /// <summary>A member's number, or null.</summary>
    public decimal? Number(string name) =>
        decimal.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A member's flag, or null.</summary>
    public bool? Flag(string name) => bool.TryParse(Text(name), out var flag) ? flag : null;

    /// <summary>A member's time, UTC, from ISO 8601 or seconds since 1970 (milliseconds where it is far too large), or null.</summary>
    public DateTimeOffset? Time(string name)
    {
        var text = Text(name);
        if (text is null)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var seconds = Math.Abs(number) >= 1e11 ? number / 1000 : number; // CloudWatch Logs and WorkSpaces count milliseconds
            return seconds is > 0 and < 2.5e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && time.Year > 1970
            ? time
            : null;
    }

    /// <summary>Entries of a member that is a list: of XML its children, whatever their name.</summary>
    public IEnumerable<Wire> Items(string name) => this[name].All;

    /// <summary>Its own entries.</summary>
    public IEnumerable<Wire> All => xml is not null
        ? xml.Elements().Select(child => new Wire(child))
        : json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().Select(child => new Wire(child)) : [];

    /// <summary>Texts of a list of texts.</summary>
    public IEnumerable<string> Texts(string name) => Items(name).Select(item => item.Value).OfType<string>();

    /// <summary>Its members by name, where it is an object.</summary>
    public IEnumerable<(string Name, Wire Value)> Members => xml is not null
        ? xml.Elements().Select(child => (child.Name.LocalName, new Wire(child)))
        : json.ValueKind == JsonValueKind.Object ? json.EnumerateObject().Select(member => (member.Name, new Wire(member.Value))) : [];

    /// <summary>Tags, from a list of keys and values in any of AWS's spellings, or from a map.</summary>
    public IReadOnlyDictionary<string, string> Tags(string name)
    {
        var tags = new Dictionary<string, string>();
        var place = this[name];
        foreach (var tag in place.All)
        {
            if ((tag.Text("Key") ?? tag.Text("key") ?? tag.Text("TagKey")) is { } key)
                tags[key] = tag.Text("Value") ?? tag.Text("value") ?? tag.Text("TagValue") ?? "";
        }

        if (tags.Count == 0 && place.xml is null)
        {
            foreach (var (key, value) in place.Members)
                tags[key] = value.Value ?? "";
        }

        return tags;
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
