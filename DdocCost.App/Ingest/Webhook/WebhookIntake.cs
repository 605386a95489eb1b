using DdocCost.App.Ingest.Push;
using DdocCost.App.Ingest.Sns;
using DdocCost.Domain.Ingestion;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.App.Ingest.Webhook;

/// <summary>Takes a posted delivery: who sends it, is there room, is it genuine, and then the intake that every source shares.</summary>
internal sealed class WebhookIntake(
    Sender sender, Pressure pressure, SignatureMemory signatures, SnsVerifier sns, GroupIntake intake, PushTroubles troubles,
    IOptions<IngestOptions> options, ILogger<WebhookIntake> log)
{
    private static readonly Refusal NoRoom = new(StatusCodes.Status429TooManyRequests, "Too much is being sent at this moment.") { RetryAfter = 1 };
    private static readonly Refusal Backlog = new(StatusCodes.Status429TooManyRequests, "More waits to be scored than should; it is being worked on.") { RetryAfter = 10 };
    private static readonly Refusal NotStored = new(StatusCodes.Status503ServiceUnavailable, "It cannot be stored at the moment; nothing of it was kept.") { RetryAfter = 5 };
    private static readonly Refusal SnsAway =
        new(StatusCodes.Status503ServiceUnavailable, "Amazon SNS cannot be asked at the moment whether this is its message; nothing of it was kept. Send it again later.") { RetryAfter = 20 };

    /// <summary>Takes a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The delivery's name.</param>
    /// <param name="at">When it came, UTC.</param>
    /// <param name="isFirehose">Whether the records come in what Amazon Data Firehose puts around them.</param>
    /// <param name="cancellationToken">The sender hung up.</param>
    public async Task<(Accepted? Accepted, Refusal? Refusal)> TakeAsync(
        HttpRequest request, string name, DateTimeOffset at, bool isFirehose, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        PushSource? source = null;
        Refusal? refusal;
        try
        {
            (source, refusal) = await sender.IdentifyAsync(request, cancellationToken);
            refusal ??= request.ContentLength > limits.MaxBodyBytes ? Refused(RequestBody.TooLarge(limits)) : null;
            refusal ??= await pressure.IsBacklogFullAsync(source!.TenantId, cancellationToken) ? Backlog : null;
            if (refusal is null)
            {
                using var room = pressure.TryReserve(request.ContentLength ?? limits.MaxBodyBytes);
                if (room is null)
                {
                    return (null, NoRoom);
                }

                var body = await RequestBody.ReadAsync(request, limits, cancellationToken);
                if (body.Problem is null && isFirehose)
                {
                    if (!room.TryGrow(FirehoseRequest.RoomFor(body.PlainLength)))
                    {
                        return (null, NoRoom);
                    }

                    body = FirehoseRequest.Unwrap(body.Plain(), limits);
                }

                (var accepted, refusal) = body.Problem is null
                    ? await TakeAsync(source!, request, body, name, at, cancellationToken)
                    : (null, Refused(body));
                if (refusal is null)
                {
                    return (accepted, null);
                }
            }
        }
        catch (SnsAwayException away)
        {
            IngestLog.SnsAway(log, source!.Id, away.Message);
            refusal = SnsAway;
        }
        catch (Exception error) when (
            error is IOException or NpgsqlException or UnauthorizedAccessException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            IngestLog.NotStored(log, source?.Id ?? "", error);
            return (null, NotStored);
        }

        if (source is not null)
        {
            await troubles.RememberAsync(source.TenantId, source.Id, refusal.Reason, cancellationToken);
        }

        return (null, refusal);
    }

    private async Task<(Accepted?, Refusal?)> TakeAsync(
        PushSource source, HttpRequest request, RequestBody body, string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (body.Bytes.IsEmpty)
        {
            return (null, new Refusal(StatusCodes.Status400BadRequest, "The body is empty."));
        }

        return source.Kind switch
        {
            PushKind.SnsTopic => await TakeFromTopicAsync(source, body, name, at, cancellationToken),
            PushKind.Signature => await TakeSignedAsync(source, RequestSignature.Of(request.Headers), body, name, at, cancellationToken),
            _ => await StoreAsync(source, body, name, at, cancellationToken),
        };
    }

    private async Task<(Accepted?, Refusal?)> TakeSignedAsync(
        PushSource source, RequestSignature? signature, RequestBody body, string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (signature is null)
        {
            return (null, Refusal.Unknown("This source signs its requests."));
        }

        if (sender.CheckSignature(source, signature, body.Bytes) is { } wrong)
        {
            return (null, wrong);
        }

        if (!await signatures.TryUseAsync(signature.Id, cancellationToken))
        {
            return (null, new Refusal(StatusCodes.Status409Conflict, "This signed request was sent before. Sign a repeated one anew."));
        }

        try
        {
            return await StoreAsync(source, body, name, at, cancellationToken);
        }
        catch
        {
            await signatures.ForgetAsync(signature.Id);
            throw;
        }
    }

    private async Task<(Accepted?, Refusal?)> TakeFromTopicAsync(
        PushSource source, RequestBody body, string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (body.Bytes.Length > SnsMessage.Largest)
        {
            return (null, new Refusal(StatusCodes.Status413PayloadTooLarge, $"A message of Amazon SNS has at most {SnsMessage.Largest:N0} bytes."));
        }

        if (SnsMessage.Read(body.Bytes) is not { } message)
        {
            return (null, new Refusal(StatusCodes.Status400BadRequest, "This is no message of Amazon SNS."));
        }

        if (!source.Topics.Contains(message.TopicArn))
        {
            return (null, Refusal.Forbidden("This source does not take messages of that topic."));
        }

        if (await sns.RefusalAsync(message, cancellationToken) is { } forged)
        {
            return (null, Refusal.Forbidden(forged));
        }

        switch (message.Type)
        {
            case "SubscriptionConfirmation":
                var problem = await sns.ConfirmAsync(message, cancellationToken);
                return problem is null ? (Accepted.Nothing("The subscription is confirmed."), null) : (null, Refusal.Forbidden(problem));
            case "UnsubscribeConfirmation":
                await troubles.RememberAsync(source.TenantId, source.Id, $"The topic {message.TopicArn} does not send to us any more.", cancellationToken);
                return (Accepted.Nothing("Noted."), null);
            default:
                return await StoreAsync(source, body, name, at, cancellationToken);
        }
    }

    private async Task<(Accepted?, Refusal?)> StoreAsync(
        PushSource source, RequestBody body, string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(name, at, body.Open) { Accounts = source.AccountSet };
        var result = await intake.TakeAsync(source.TenantId, source.IntakeName, delivery, cancellationToken);
        return result is { Records: 0, Rejected: > 0 }
            ? (null, new Refusal(StatusCodes.Status400BadRequest, "Nothing in it is a record that this source may send; it is kept in quarantine.") { Reasons = result.Reasons })
            : (new Accepted(result.Records, result.Rejected, result.Redelivered, result.Reasons, result.Remarks), null);
    }

    private static Refusal Refused(RequestBody body) => new(body.Problem!.Value.Status, body.Problem.Value.Reason);
}
