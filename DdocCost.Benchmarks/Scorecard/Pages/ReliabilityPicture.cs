using System.Globalization;
using System.Text;
using DdocCost.Benchmarks.Scorecard.Judging;

namespace DdocCost.Benchmarks.Scorecard.Pages;

/// <summary>The reliability diagram as SVG: what was said across, what was true up; on the diagonal, scores mean what they say.</summary>
internal static class ReliabilityPicture
{
    private const int Side = 400;
    private const int Margin = 48;
    private static readonly string[] Colours = ["#2a6fdb", "#c2571a", "#2e8b57", "#8a3fa0"];

    public static string Of(IReadOnlyList<SetResult> results)
    {
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Side + (2 * Margin)}\" height=\"{Side + (2 * Margin)}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">");
        Line(svg, $"<title>Reliability: percent of hours of a score that held an incident</title>");
        Line(svg, $"<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        Line(svg, $"<path d=\"M{X(0)} {Y(0)}H{X(100)}V{Y(100)}H{X(0)}Z M{X(0)} {Y(0)}L{X(100)} {Y(100)}\" fill=\"none\" stroke=\"#999\"/>");
        foreach (var tick in (int[])[0, 25, 50, 75, 100])
        {
            Line(svg, $"<text x=\"{X(tick)}\" y=\"{Y(0) + 16}\" text-anchor=\"middle\">{tick}</text><text x=\"{X(0) - 6}\" y=\"{Y(tick) + 4}\" text-anchor=\"end\">{tick} %</text>");
        }

        Line(svg, $"<text x=\"{X(50)}\" y=\"{Y(0) + 36}\" text-anchor=\"middle\">score</text>");
        Line(svg, $"<text x=\"{X(0)}\" y=\"{Y(100) - 14}\">held an incident; a dot grows with its number of hours</text>");
        foreach (var (i, result) in results.Index())
        {
            var colour = Colours[i % Colours.Length];
            var bins = result.Reliability.Bins.Where(bin => bin.Hours > 0).ToList();
            Line(svg, $"<polyline points=\"{string.Join(' ', bins.Select(bin => FormattableString.Invariant($"{X(bin.Said):0.#},{Y(bin.Was):0.#}")))}\" fill=\"none\" stroke=\"{colour}\"/>");
            foreach (var bin in bins)
            {
                Line(svg, $"<circle cx=\"{X(bin.Said):0.#}\" cy=\"{Y(bin.Was):0.#}\" r=\"{1.5 + Math.Log10(bin.Hours):0.#}\" fill=\"{colour}\"/>");
            }

            Line(svg, $"<text x=\"{X(3)}\" y=\"{Y(96) + (16 * i)}\" fill=\"{colour}\">{result.Set.Name}</text>");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double X(double score) => Margin + (score / 100 * Side);

    private static double Y(double percent) => Margin + Side - (percent / 100 * Side);

    private static void Line(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
