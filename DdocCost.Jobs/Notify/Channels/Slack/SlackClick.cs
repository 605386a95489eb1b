using System.Globalization;
using System.Text.Json;
using DdocCost.Domain.Wording;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>Somebody used a button or a menu of one of our messages. A job's argument, so all of it is text.</summary>
/// <param name="ChannelId">Our channel, as the message said.</param>
/// <param name="CaseId">The case, as the message said.</param>
/// <param name="Action">One of <see cref="SlackAction"/>.</param>
/// <param name="Value">What was chosen; empty for a button.</param>
/// <param name="UserId">Slack's id of the person.</param>
/// <param name="UserName">What Slack calls the person.</param>
/// <param name="At">When, in seconds since 1970, as Slack says: a repeated delivery has the same.</param>
/// <param name="ResponseUrl">Where to answer.</param>
public sealed record SlackClick(string ChannelId, string CaseId, string Action, string Value, string UserId, string UserName, string At, string ResponseUrl)
{
    /// <summary>When it was, UTC; null where Slack's time makes no sense.</summary>
    public DateTimeOffset? Moment => double.TryParse(At, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e11
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1_000))
        : null;

    /// <summary>Reads an interaction payload.</summary>
    /// <returns>null for what is no click on one of our messages.</returns>
    /// <remarks>docs.slack.dev/reference/interaction-payloads/block_actions-payload.</remarks>
    public static SlackClick? Read(string payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return Read(json.RootElement);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException) // the latter where a text holds half of a surrogate pair
        {
            return null;
        }
    }

    /// <summary>Reads an interaction payload.</summary>
    public static SlackClick? Read(JsonElement payload)
    {
        if (Text(payload, "type") != "block_actions" || !payload.TryGetProperty("actions", out var actions) || actions.ValueKind != JsonValueKind.Array || actions.GetArrayLength() == 0)
        {
            return null;
        }

        var action = actions[0];
        if (SlackClickTarget.Read(Text(action, "block_id")) is not { } target || Text(payload, "user", "id") is not { Length: > 0 and <= 50 } user)
        {
            return null;
        }

        return new SlackClick(
            target.ChannelId, target.CaseId, Text(action, "action_id") ?? "", Text(action, "selected_option", "value") ?? "", user,
            SafeText.Line(Text(payload, "user", "username") ?? Text(payload, "user", "name"), 100), Text(action, "action_ts") ?? "", Text(payload, "response_url") ?? "");
    }

    private static string? Text(JsonElement at, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at.ValueKind == JsonValueKind.String ? at.GetString() : null;
    }
}
