using DdocCost.Jobs.Notify.Channels.Stories;
using SkiaSharp;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>A chart as PNG. Pure. Its words stand beside it as text: they can be read aloud, and no font has to be shipped.</summary>
internal static class MailChart
{
    /// <summary>Width of the picture, pixels: twice what is shown, for fine screens.</summary>
    public const int Width = 1_104;

    /// <summary>Height, pixels.</summary>
    public const int Height = 280;

    private const float Edge = 6;

    // Mid-tones that stand on white and on near-black alike; the picture itself has no background.
    private static readonly SKColor Line = new(0x3B, 0x82, 0xF6);
    private static readonly SKColor Ahead = new(0xF5, 0x9E, 0x0B);
    private static readonly SKColor Axis = new(0x80, 0x80, 0x80, 0x90);

    /// <summary>Draws it.</summary>
    public static byte[] Png(StoryChart chart)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.Transparent);
        var points = Points(chart.Values);
        var now = Math.Clamp(chart.Known, 1, points.Length);
        Draw(canvas, points[..now], Line, dashed: false);
        if (now < points.Length)
        {
            Draw(canvas, points[(now - 1)..], Ahead, dashed: true);
        }

        using var axis = new SKPaint { Color = Axis, StrokeWidth = 2, IsAntialias = true };
        canvas.DrawLine(0, Height - Edge, Width, Height - Edge, axis);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static SKPoint[] Points(IReadOnlyList<decimal> values)
    {
        var highest = Math.Max((double)values.Max(), 1e-9);
        return [.. values.Select((value, i) => new SKPoint(
            Edge + ((Width - (2 * Edge)) * i / Math.Max(1, values.Count - 1)),
            (float)(Height - Edge - ((Height - (3 * Edge)) * Math.Clamp((double)value / highest, 0, 1)))))];
    }

    private static void Draw(SKCanvas canvas, SKPoint[] points, SKColor color, bool dashed)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(points[0].X, Height - Edge);
        foreach (var point in points)
        {
            builder.LineTo(point);
        }

        builder.LineTo(points[^1].X, Height - Edge);
        builder.Close();
        using var area = builder.Detach();
        using var fill = new SKPaint { Color = color.WithAlpha(0x38), IsAntialias = true };
        canvas.DrawPath(area, fill);
        using var dash = dashed ? SKPathEffect.CreateDash([14, 10], 0) : null;
        using var stroke = new SKPaint { Color = color, StrokeWidth = 5, IsAntialias = true, Style = SKPaintStyle.Stroke, PathEffect = dash };
        canvas.DrawPoints(SKPointMode.Polygon, points, stroke);
    }
}
