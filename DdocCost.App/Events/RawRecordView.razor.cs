using DdocCost.Domain.Normalise;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Events;

/// <summary>Shows a raw record on demand.</summary>
public sealed partial class RawRecordView
{
    private string? _json;
    private string? _missing;
    private bool _reading;

    /// <summary>Where it lies, or null where it was never kept.</summary>
    [Parameter, EditorRequired] public required RecordLocation? Location { get; set; }

    /// <summary>Id of the element, unique on the page.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <summary>Read at once.</summary>
    [Parameter] public bool Open { get; set; }

    [Inject] private RawRecordReader Reader { get; set; } = default!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (Location is null)
        {
            _missing = "This record was not kept in the archive.";
        }
        else if (Open)
        {
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        _reading = true;
        _json = await Reader.ReadAsync(Location!, CancellationToken.None);
        _missing = _json is null ? "The archive does not hold this record any more." : null;
        _reading = false;
    }
}
