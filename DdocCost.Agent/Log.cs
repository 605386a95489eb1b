using System.Globalization;

namespace DdocCost.Agent;

/// <summary>Lines on standard error, as systemd and containers want them. Never a record, never a secret.</summary>
internal static class Log
{
    private static readonly Lock Lock = new();

    /// <summary>Something happened.</summary>
    public static void Info(string text) => Write("info", text);

    /// <summary>Something is wrong; the agent goes on.</summary>
    public static void Error(string text) => Write("error", text);

    private static void Write(string level, string text)
    {
        lock (Lock)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {level} {text.ReplaceLineEndings(" ")}"));
        }
    }
}
