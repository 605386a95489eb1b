using System.Diagnostics;
using System.Net.Http.Headers;

namespace DdocCost.Benchmarks.Faults;

/// <summary>Sends a load through all mouths. What is posted is posted again until it is accepted, as any sender does.</summary>
internal sealed class LoadSender(Installation installation, FaultLoad load)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private int _repeats;

    /// <summary>Posts that were not accepted at once.</summary>
    public int Repeats => _repeats;

    /// <summary>Sends all of it; done when all that is posted is accepted and all files are written.</summary>
    /// <param name="pace">1 takes the load's own time; 0 sends as fast as it goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task SendAsync(double pace, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = installation.Address, Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", installation.WebhookToken);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(load.Files.Index().GroupBy(file => (file.Item.Mouth, Account: file.Item.Mouth == Mouth.Webhook ? file.Item.Account : "")).Select(async line =>
        {
            foreach (var (i, file) in line)
            {
                var due = (load.Duration * pace * i / load.Files.Count) - clock.Elapsed;
                await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero, cancellationToken);
                await SendAsync(http, file, cancellationToken);
            }
        }));
    }

    private async Task SendAsync(HttpClient http, LoadFile file, CancellationToken cancellationToken)
    {
        switch (file.Mouth)
        {
            case Mouth.Webhook:
                await PostAsync(http, await File.ReadAllBytesAsync(file.Path, cancellationToken), cancellationToken);
                break;
            case Mouth.Folder:
                Write(installation.WatchedFolder, file);
                break;
            default:
                Write(installation.AgentFolder, file);
                break;
        }
    }

    private async Task PostAsync(HttpClient http, byte[] content, CancellationToken cancellationToken)
    {
        for (; ; Interlocked.Increment(ref _repeats))
        {
            try
            {
                using var body = new ByteArrayContent(content);
                using var answer = await http.PostAsync("/ingest/v1/cloudtrail", body, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                if ((int)answer.StatusCode is >= 400 and < 500 and not 429)
                {
                    throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
                }
            }
            catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // The app is away, or its answer was lost.
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Beside and then moved into place, as the AWS CLI does.</summary>
    public static void Write(string folder, LoadFile file)
    {
        if (File.Exists(Path.Combine(folder, file.Name)))
        {
            return; // the earlier version had it already
        }

        var draft = Path.Combine(folder, ".draft");
        File.Copy(file.Path, draft, overwrite: true);
        File.SetLastWriteTimeUtc(draft, DateTime.UtcNow);
        File.Move(draft, Path.Combine(folder, file.Name));
    }
}
