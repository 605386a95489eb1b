namespace DdocCost.App.Commands.Replays;

/// <summary>Money and quantities as figures for programs.</summary>
internal static class Figures
{
    private const int Decimals = 8;

    /// <summary>At most eight decimals, without the trailing zeros that decimals carry along.</summary>
    public static decimal Plain(decimal figure) => Math.Round(figure, Decimals) / 1.0000000000000000000000000000m;

    /// <inheritdoc cref="Plain(decimal)"/>
    public static decimal? Plain(decimal? figure) => figure is { } known ? Plain(known) : null;
}
