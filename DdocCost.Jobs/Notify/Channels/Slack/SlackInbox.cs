using System.Net;
using System.Text;
using System.Text.Json;
using Hangfire;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>What became of a request that says it is from Slack.</summary>
public enum SlackReceipt
{
    /// <summary>From Slack; what it asks for, if anything, is on its way.</summary>
    Taken = 0,

    /// <summary>Signed by nobody we know, or too long ago.</summary>
    NotSigned,
}

/// <summary>Takes clicks from Slack: checks who sent them and hands them to a job, so that Slack has its answer within its three seconds.</summary>
public sealed class SlackInbox
{
    private readonly SlackApps _apps;
    private readonly IBackgroundJobClient _jobs;
    private readonly TimeProvider _time;

    internal SlackInbox(SlackApps apps, IBackgroundJobClient jobs, TimeProvider time) => (_apps, _jobs, _time) = (apps, jobs, time);

    /// <summary>Takes a request to our interactions address.</summary>
    /// <param name="timestamp">Header X-Slack-Request-Timestamp.</param>
    /// <param name="signature">Header X-Slack-Signature.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="cancellationToken">The caller hung up.</param>
    public async Task<SlackReceipt> TakeAsync(string? timestamp, string? signature, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        // Cheap questions first: the database is asked only for what looks like Slack's, and is new.
        if (timestamp is null || signature is not ['v', '0', '=', ..] || !SlackSignature.IsFresh(timestamp, _time.GetUtcNow()))
        {
            return SlackReceipt.NotSigned;
        }

        var click = ClickIn(body.Span);
        var (isSigned, tenantId) = await _apps.SignerAsync(timestamp, body, signature, click, cancellationToken);
        if (tenantId is not null && click is not null)
        {
            Enqueue(tenantId, click);
        }

        return isSigned ? SlackReceipt.Taken : SlackReceipt.NotSigned;
    }

    /// <summary>Takes an interaction that came over a socket, which only the app's own token opens.</summary>
    internal async Task TakeAsync(string appToken, JsonElement payload, CancellationToken cancellationToken)
    {
        if (SlackClick.Read(payload) is not { } click)
        {
            return;
        }

        var own = (await _apps.WithAsync(SlackChannel.AppToken, cancellationToken))
            .FirstOrDefault(app => app.Channel.Id == click.ChannelId && _apps.Open(app, SlackChannel.AppToken) == appToken);
        if (own is not null)
        {
            Enqueue(own.TenantId, click);
        }
    }

    private void Enqueue(string tenantId, SlackClick click) =>
        _jobs.Enqueue<SlackClickJob>(JobQueue.Notify, job => job.RunAsync(tenantId, click, CancellationToken.None));

    /// <summary>A form with one field, <c>payload</c>, that holds JSON.</summary>
    private static SlackClick? ClickIn(ReadOnlySpan<byte> body)
    {
        const string field = "payload=";
        var form = Encoding.UTF8.GetString(body);
        return form.StartsWith(field, StringComparison.Ordinal) ? SlackClick.Read(WebUtility.UrlDecode(form[field.Length..].Split('&')[0])) : null;
    }
}
