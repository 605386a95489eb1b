using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using DdocCost.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>
/// Slack as far as its documentation goes: takes messages of bots and of incoming webhooks, refuses what its published limits forbid, keeps
/// conversations so that they can be read, changed and replied to.
/// </summary>
internal sealed class SlackStandIn : IAsyncDisposable
{
    public const string Token = "xoxb-of-the-bot";
    public const string AppToken = "xapp-of-the-app";

    private readonly List<JsonObject> _messages = [];
    private int _ts = 1000;

    private SlackStandIn(ServiceStandIn server)
    {
        Server = server;
        server.Answer = AnswerAsync;
    }

    public ServiceStandIn Server { get; }

    /// <summary>Base of the Web API.</summary>
    public string Api => Server.Url + "/api";

    /// <summary>Address of the incoming webhook.</summary>
    public string Webhook => Server.Url + "/services/T1/B1/secret";

    /// <summary>What the conversation shows.</summary>
    public IReadOnlyList<JsonObject> Messages
    {
        get
        {
            lock (_messages)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>E-mail addresses by Slack user.</summary>
    public Dictionary<string, string> Emails { get; } = [];

    /// <summary>Users who belong to another workspace.</summary>
    public HashSet<string> Elsewhere { get; } = [];

    /// <summary>What was answered to clicks, at the address that a click says.</summary>
    public IReadOnlyList<string> Answers(string name) => [.. Server.Requests.Where(request => request.Path == $"/answer/{name}").Select(request => request.Body)];

    /// <summary>Connections of Socket Mode, in order.</summary>
    public ConcurrentQueue<SlackSocket> Sockets { get; } = new();

    /// <summary>Whether the token may read conversations.</summary>
    public bool MayRead { get; set; } = true;

    public static async Task<SlackStandIn> StartAsync() => new(await ServiceStandIn.StartAsync());

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private Task AnswerAsync(HttpContext http, Arrived request)
    {
        if (request.Path.StartsWith("/services/", StringComparison.Ordinal))
        {
            var sent = JsonNode.Parse(request.Body)!.AsObject();
            if (SlackRules.Broken(sent) is { Count: > 0 })
            {
                http.Response.StatusCode = 400;
                return http.Response.WriteAsync("invalid_blocks");
            }

            Keep(sent);
            return http.Response.WriteAsync("ok");
        }

        if (request.Path.StartsWith("/answer/", StringComparison.Ordinal))
        {
            return http.Response.WriteAsync("ok");
        }

        if (request.Path == "/socket")
        {
            return Socket(http);
        }

        if (request.Path == "/api/apps.connections.open" && request.Headers.GetValueOrDefault("Authorization") == $"Bearer {AppToken}")
        {
            return Json(http, new JsonObject { ["ok"] = true, ["url"] = Server.Url.Replace("http://", "ws://", StringComparison.Ordinal) + "/socket" });
        }

        if (request.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}")
        {
            return Json(http, Error("invalid_auth"));
        }

        return Json(http, request.Path["/api/".Length..] switch
        {
            "chat.postMessage" => PostMessage(JsonNode.Parse(request.Body)!.AsObject()),
            "chat.update" => Update(JsonNode.Parse(request.Body)!.AsObject()),
            "conversations.history" or "conversations.replies" => MayRead ? History() : Error("missing_scope"),
            "auth.test" => new JsonObject { ["ok"] = true, ["team_id"] = "T1" },
            "users.info" => User(request.Body.Replace("user=", "", StringComparison.Ordinal)),
            var method => Error($"unknown_method {method}"),
        });
    }

    private async Task Socket(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var talk = new SlackSocket(socket);
        await talk.SendAsync("""{"type":"hello","num_connections":1}""");
        Sockets.Enqueue(talk);
        await talk.ListenAsync();
    }

    private JsonObject PostMessage(JsonObject sent)
    {
        if ((string?)sent["channel"] != "C1")
        {
            return Error("channel_not_found");
        }

        if (SlackRules.Broken(sent) is { Count: > 0 } broken)
        {
            return Error("invalid_blocks", string.Join("; ", broken));
        }

        var ts = Keep(sent);
        return new JsonObject { ["ok"] = true, ["channel"] = "C1", ["ts"] = ts };
    }

    private JsonObject Update(JsonObject sent)
    {
        lock (_messages)
        {
            var at = _messages.FindIndex(message => (string?)message["ts"] == (string?)sent["ts"]);
            if (at < 0)
            {
                return Error("message_not_found");
            }

            if (SlackRules.Broken(sent) is { Count: > 0 } broken)
            {
                return Error("invalid_blocks", string.Join("; ", broken));
            }

            _messages[at] = sent;
            return new JsonObject { ["ok"] = true, ["channel"] = "C1", ["ts"] = (string?)sent["ts"] };
        }
    }

    private JsonObject History()
    {
        lock (_messages)
        {
            return new JsonObject { ["ok"] = true, ["messages"] = new JsonArray([.. _messages.Select(message => message.DeepClone())]) };
        }
    }

    private JsonObject User(string id) => Emails.TryGetValue(id, out var email)
        ? new JsonObject { ["ok"] = true, ["user"] = new JsonObject { ["id"] = id, ["team_id"] = Elsewhere.Contains(id) ? "T2" : "T1", ["is_email_confirmed"] = true, ["profile"] = new JsonObject { ["email"] = email } } }
        : Error("user_not_found");

    private string Keep(JsonObject sent)
    {
        lock (_messages)
        {
            var ts = $"1700000000.{_ts++:000000}";
            sent["ts"] = ts;
            _messages.Add(sent);
            return ts;
        }
    }

    private static JsonObject Error(string error, string detail = "") => new() { ["ok"] = false, ["error"] = error, ["detail"] = detail };

    private static Task Json(HttpContext http, JsonObject answer)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(JsonSerializer.Serialize(answer));
    }
}
