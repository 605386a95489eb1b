using DdocCost.App.Access;
using DdocCost.App.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace DdocCost.App.Search;

/// <summary>The search over everything: answers while somebody types.</summary>
public sealed partial class SearchBox : IDisposable
{
    // As long as a quick typist's pause between two keys.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private IReadOnlyList<SearchHit> _hits = [];
    private string _text = "";
    private string? _failed;
    private bool _reading;
    private CancellationTokenSource? _latest;

    [Inject] private SearchReader Reader { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [Inject] private ILogger<SearchBox> Logger { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private string State => _failed ?? (_text.Length < SearchReader.Shortest ? "Part of an id or a name; two characters are enough."
        : _hits.Count > 0 ? _hits.Count == 1 ? "One found." : $"{_hits.Count} found, at most five of a kind."
        : _reading ? "Looking…" : $"Nothing you may see is called “{_text}”. What has ended is found through its case.");

    /// <inheritdoc />
    public void Dispose()
    {
        _latest?.Cancel();
        _latest?.Dispose();
    }

    // Each key supersedes the one before; what was found stays until there is an answer.
    private async Task TypedAsync(ChangeEventArgs typed)
    {
        Dispose();
        var mine = _latest = new CancellationTokenSource();
        var stop = mine.Token;
        (_text, _failed, _reading) = ((typed.Value as string ?? "").Trim(), null, true);
        try
        {
            await Task.Delay(Pause, Time, stop);
            var sight = Roles.SightOf((await Authentication!).User);
            var hits = await Reader.FindAsync(sight, _text, stop);
            if (!stop.IsCancellationRequested)
            {
                (_hits, _reading) = (hits, false);
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Something newer is looked for, or the page is left.
        }
        catch (Exception e)
        {
            LiveLog.NotRefreshed(Logger, e);
            (_hits, _reading) = ([], false);
            _failed = e is TimeoutException ? "That took too long. A longer part of the id finds it sooner." : "The search failed; the reason is in the log of the app. Type on to try again.";
        }
    }

    private int Index(SearchHit hit) => _hits.TakeWhile(one => one != hit).Count();
}
