using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DdocCost.Jobs.Aws;

/// <summary>XML answers, without namespaces: AWS has one for each version and means nothing by them.</summary>
public static class AwsXml
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = 256 << 20, IgnoreComments = true };

    /// <summary>Reads a document.</summary>
    /// <exception cref="XmlException">It is none.</exception>
    public static XElement Parse(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), Settings);
        return Bare(XDocument.Load(reader).Root!);
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="XmlException">It is none.</exception>
    public static XElement Parse(Stream stream)
    {
        using var reader = XmlReader.Create(stream, Settings);
        return Bare(XDocument.Load(reader).Root!);
    }

    /// <summary>The text of a child; null where it is not there or empty.</summary>
    public static string? Text(this XElement element, string name) => element.Element(name) is { Value: { Length: > 0 } value } ? value : null;

    /// <summary>A child as a time, UTC; null where it is not there or none.</summary>
    public static DateTimeOffset? Time(this XElement element, string name) =>
        DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>A child as a number; null where it is not there or none.</summary>
    public static decimal? Number(this XElement element, string name) =>
        decimal.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The entries of a list (<c>member</c>, EC2's <c>item</c>, or named after the list's entry); none where the list is absent.</summary>
    public static IEnumerable<XElement> Items(this XElement element, string name) => element.Element(name)?.Elements() ?? [];

    private static XElement Bare(XElement root)
    {
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
            element.Attributes().Where(attribute => attribute.IsNamespaceDeclaration).Remove();
        }

        return root;
    }
}
