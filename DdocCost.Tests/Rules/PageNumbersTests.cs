using System.Text.RegularExpressions;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Rules;

/// <summary>A person chooses on Profile how numbers are written; then all pages write them so.</summary>
public sealed partial class PageNumbersTests
{
    [Fact]
    public void No_page_writes_a_figure_in_another_way_than_its_reader_chose() => Assert.Empty(
        from file in Directory.EnumerateFiles(Repository.PathOf("DdocCost.App"), "*.razor*", SearchOption.AllDirectories)
        from line in File.ReadLines(file)
        where OneWay().IsMatch(line) && Figure().IsMatch(line)
        select $"{Path.GetFileName(file)}: {line.Trim()} (use Usd, Measure or NumberStyle.Format)");

    [GeneratedRegex("InvariantCulture|FormattableString.Invariant")]
    private static partial Regex OneWay();

    [GeneratedRegex("[:\"][+]?(#,|#\\.|0\\.|[NFP][0-9])")]
    private static partial Regex Figure();
}
