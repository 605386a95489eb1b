using System.Collections.Immutable;
using System.Globalization;
using MimeKit;

namespace DdocCost.App.Mailbox;

/// <summary>Letters of the demo, as files in a folder: what its mail server has taken, and what the page shows.</summary>
public sealed class DemoMailbox
{
    private const int Most = 200;

    private readonly Lock _keeping = new();
    private ImmutableList<KeptLetter> _letters;

    /// <summary>Opens the folder and makes it where it is not there.</summary>
    /// <param name="folder">Where letters lie.</param>
    public DemoMailbox(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        _letters = [.. Directory.GetFiles(Folder, "*.eml").Order(StringComparer.Ordinal).Select(Read).OfType<KeptLetter>()];
    }

    /// <summary>Where letters lie.</summary>
    public string Folder { get; }

    /// <summary>Something came.</summary>
    public event Action? Changed;

    /// <summary>Letters, the newest first.</summary>
    public IReadOnlyList<KeptLetter> Letters => [.. _letters.Reverse()];

    /// <summary>The letter; null where there is none of that name.</summary>
    public async Task<MimeMessage?> OpenAsync(string id, CancellationToken cancellationToken) =>
        _letters.Exists(letter => letter.Id == id) ? await MimeMessage.LoadAsync(PathOf(id), cancellationToken) : null;

    /// <summary>Keeps a letter as it came, and of all letters the latest 200.</summary>
    public void Keep(ReadOnlySpan<byte> letter, DateTimeOffset now)
    {
        lock (_keeping)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks:D19}-{Guid.NewGuid().ToString("N")[..6]}");
            File.WriteAllBytes(PathOf(id), letter);
            if (Read(PathOf(id)) is { } kept)
            {
                _letters = _letters.Add(kept);
            }

            while (_letters.Count > Most)
            {
                File.Delete(PathOf(_letters[0].Id));
                _letters = _letters.RemoveAt(0);
            }
        }

        Changed?.Invoke();
    }

    private string PathOf(string id) => Path.Combine(Folder, $"{id}.eml");

    private static KeptLetter? Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var headers = HeaderList.Load(file);
            var id = Path.GetFileNameWithoutExtension(path);
            var at = new DateTimeOffset(long.Parse(id.AsSpan(0, 19), NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero);
            return new KeptLetter(id, at, SafeText.Line(headers[HeaderId.Subject], 200), SafeText.Line(headers[HeaderId.To], 200));
        }
        catch (Exception e) when (e is FormatException or IOException or ArgumentException)
        {
            return null; // no letter of ours
        }
    }
}

/// <summary>What a list shows of a letter.</summary>
/// <param name="Id">Name of its file.</param>
/// <param name="At">When it came, UTC.</param>
/// <param name="Subject">Subject, safe to show.</param>
/// <param name="To">Recipient, safe to show.</param>
public sealed record KeptLetter(string Id, DateTimeOffset At, string Subject, string To);
