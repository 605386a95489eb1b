using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DdocCost.Tests.Zombies;

namespace DdocCost.Tests.Support.AwsEmulator;

/// <summary>What AWS answers where there is nothing: the documented shape with its lists empty.</summary>
internal static partial class EmptyAnswers
{
    private static readonly IReadOnlyList<(Regex Call, string Answer)> Shapes =
    [
        .. from section in CollectorTests.Section.ReadAll()
           from answer in section.Answers
           select (Pattern(answer.Call), answer.List is null ? Emptied(answer.Answer) : answer.Answer.StartsWith('<') ? $"<{answer.List.Split('/')[0]}/>" : $"{{\"{answer.List}\":[]}}"),
    ];

    /// <summary>XML within the result, or JSON; nothing within it where the call is not known.</summary>
    public static string Of(EmulatedCall call) => Shapes.FirstOrDefault(shape => shape.Call.IsMatch(call.Name)).Answer ?? (call.IsXml ? "<Nothing/>" : "{}");

    /// <summary>Matches a call as it stands in the file, whatever its number is.</summary>
    public static Regex Pattern(string call) => new($"^{Numbered().Replace(Regex.Escape(call.TrimEnd('/')), "[^/]+")}/?$", RegexOptions.CultureInvariant);

    private static string Emptied(string answer)
    {
        if (answer.StartsWith('<'))
            return string.Concat(XElement.Parse($"<x>{answer}</x>").Elements().Select(element => $"<{element.Name}/>"));
        var quoted = Time().Replace(answer, ":0");
        using var document = JsonDocument.Parse(quoted);
        return $"{{{string.Join(',', document.RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Array).Select(member => $"\"{member.Name}\":[]"))}}}";
    }

    [GeneratedRegex(@"(?<=/)[^/]*\\#[^/]*")]
    private static partial Regex Numbered();

    [GeneratedRegex(@":\$[TM]\b")]
    private static partial Regex Time();
}
