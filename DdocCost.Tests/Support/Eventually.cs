using System.Diagnostics;

namespace DdocCost.Tests.Support;

/// <summary>Waits for what other tasks or processes will bring about.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Asks again and again until the answer is yes; fails after two minutes with what was waited for.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string waitingFor)
    {
        for (var waited = Stopwatch.StartNew(); !await condition();)
        {
            Assert.True(waited.Elapsed < Patience, $"Waited in vain for: {waitingFor}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
