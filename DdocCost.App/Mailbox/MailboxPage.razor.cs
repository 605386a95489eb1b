using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Mailbox;

/// <summary>Letters of the demo and one of them opened.</summary>
public sealed partial class MailboxPage
{
    private DemoMailbox? _mailbox;
    private IReadOnlyList<KeptLetter> _letters = [];

    [Inject] private IServiceProvider Services { get; set; } = default!;

    /// <summary>The letter that is open; the newest where none is chosen.</summary>
    [SupplyParameterFromQuery] public string? Letter { get; set; }

    private string Shown => _letters.Any(letter => letter.Id == Letter) ? Letter! : _letters[0].Id;

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _mailbox = Services.GetService<DemoMailbox>();
        if (_mailbox is not null)
        {
            _letters = _mailbox.Letters;
            _mailbox.Changed += OnChanged;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_mailbox is not null)
        {
            _mailbox.Changed -= OnChanged;
        }
    }

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        // Who reads the newest goes on reading it.
        Letter ??= _letters.Count > 0 ? Shown : null;
        _letters = _mailbox!.Letters;
        StateHasChanged();
    });
}
