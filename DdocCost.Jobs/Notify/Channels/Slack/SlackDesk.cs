using System.Text.Json.Nodes;
using DdocCost.Domain.Access;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Undo;
using DdocCost.Jobs.Notify.Channels.Http;
using Marten;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>Does what a click asks for, if the person may, and answers where only they see it.</summary>
internal sealed class SlackDesk(IDocumentStore store, CaseDesk desk, SlackPeople people, Post post, IPanicSwitch panic, TimeProvider time)
{
    /// <summary>Acts on a click. Harmless to repeat: a decision taken twice is one, and its times come from the click itself.</summary>
    public async Task HandleAsync(string tenantId, SlackClick click, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        if (click.Action == SlackAction.Open || await session.LoadAsync<Channel>(click.ChannelId, cancellationToken) is not { Enabled: true } channel)
        {
            return;
        }

        var (user, why) = await people.FindAsync(tenantId, channel, click, cancellationToken);
        var answer = user switch
        {
            null => Words(why),
            { Role: AccessRole.Viewer } => Words("You may look at cases but not decide about them. Ask an administrator to make you a responder."),
            { Accounts: { } seen } when await session.LoadAsync<AnomalyCase>(click.CaseId, cancellationToken) is { } anomaly && !seen.Contains(anomaly.AccountId) =>
                Words("This case is of an AWS account that you do not see."),
            _ when click.Action == SlackAction.Undo => await UndoAsync(session, click.CaseId, cancellationToken),
            _ => await DecideAsync(tenantId, channel, click, user, cancellationToken),
        };
        await AnswerAsync(click, answer, cancellationToken);
    }

    private async Task<JsonObject> DecideAsync(string tenantId, Channel channel, SlackClick click, AppUser user, CancellationToken cancellationToken)
    {
        if (DecisionOf(click) is not { } decision)
        {
            return Words("This button is of another version of dd0c/cost. Open the case instead.");
        }

        return await desk.DecideAsync(tenantId, click.CaseId, decision, user.Name, Mouth.Slack, cancellationToken) switch
        {
            // A bot's message follows its case; what a webhook posted cannot, so the others are told here.
            DecisionOutcome.Done => Words(
                $"Done: {user.Name} {CaseRemarks.Of(decision, new Signature(user.Name, time.GetUtcNow())).Text}.", toAll: channel.SealedSecret(SlackChannel.BotToken) is null),
            DecisionOutcome.Unchanged => Words("It was so already."),
            DecisionOutcome.Refused refused => Words(refused.Reason),
            _ => Words("This case is not here any more."),
        };
    }

    private CaseDecision? DecisionOf(SlackClick click) => (click.Action, click.Value) switch
    {
        (SlackAction.Acknowledge, _) => new CaseDecision.Acknowledge(),
        (SlackAction.Wrong, _) => new CaseDecision.Wrong(),
        (SlackAction.Expect, "once") => new CaseDecision.Expect(ExpectScope.Once),
        (SlackAction.Expect, "always") => new CaseDecision.Expect(ExpectScope.Always),
        (SlackAction.Snooze, "1h") => Snooze(click, TimeSpan.FromHours(1)),
        (SlackAction.Snooze, "1d") => Snooze(click, TimeSpan.FromDays(1)),
        (SlackAction.Snooze, "1w") => Snooze(click, TimeSpan.FromDays(7)),
        _ => null,
    };

    private CaseDecision.Snooze Snooze(SlackClick click, TimeSpan length) => new((click.Moment ?? time.GetUtcNow()) + length);

    private async Task<JsonObject> UndoAsync(IQuerySession session, string caseId, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<AnomalyCase>(caseId, cancellationToken) is not { } anomaly)
        {
            return Words("This case is not here any more.");
        }

        var running = await session.RunningAsync(anomaly, cancellationToken);
        var plan = UndoPlanner.For(running.Where(resource => resource.EndsBy is not { } end || end > time.GetUtcNow()));
        var answer = Words(plan.Commands.Count == 0 ? "Nothing of it runs any more, or no command is known for it. The case has the details." : "How to end it:");
        if (plan.Commands.Count > 0)
        {
            answer["blocks"] = SlackMessage.Undo(plan);
        }

        return answer;
    }

    private async Task AnswerAsync(SlackClick click, JsonObject answer, CancellationToken cancellationToken)
    {
        if (WebAddress.Problem(click.ResponseUrl, "answer") is null && !(await panic.ReadAsync(cancellationToken)).IsOn)
        {
            await post.JsonAsync(click.ResponseUrl, answer, null, cancellationToken); // good for half an hour; whoever gets no answer clicks again
        }
    }

    private static JsonObject Words(string text, bool toAll = false) => new()
    {
        ["response_type"] = toAll ? "in_channel" : "ephemeral",
        ["replace_original"] = false,
        ["text"] = SlackMessage.Fallback(text),
    };
}
