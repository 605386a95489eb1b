using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DdocCost.Tests.Support;

/// <summary>
/// AWS over HTTP for calls that no emulator has, and for faults: it checks every signature by its own computation, refuses unknown keys,
/// ended sessions and clocks that are more than five minutes off, and answers as a test says.
/// </summary>
public sealed class AwsStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<StandInCall> _calls = [];
    private int _sessions;

    private AwsStandIn(WebApplication app) => _app = app;

    /// <summary>Its address.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>How far its clock is ahead of the true time.</summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>Keys it knows: id to secret.</summary>
    public ConcurrentDictionary<string, string> Keys { get; } = new() { ["AKIASTANDIN000000001"] = "stand-in-secret" };

    /// <summary>Sessions it gave out: token to its end.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> Sessions { get; } = [];

    /// <summary>How long the sessions live that it gives out.</summary>
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What becomes of the next requests, before anything else; an empty queue is a good day.</summary>
    public ConcurrentQueue<Func<StandInCall, StandInAnswer?>> Faults { get; } = [];

    /// <summary>Answers by <c>service:Operation</c>.</summary>
    public ConcurrentDictionary<string, Func<StandInCall, StandInAnswer>> Answers { get; } = [];

    /// <summary>Answers what <see cref="Answers"/> has nothing for; null where it has nothing either.</summary>
    public Func<StandInCall, StandInAnswer?>? Otherwise { get; set; }

    /// <summary>Every request that arrived, refused ones too.</summary>
    public IReadOnlyList<StandInCall> Calls => [.. _calls];

    /// <summary>Starts one.</summary>
    public static async Task<AwsStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var standIn = new AwsStandIn(app);
        standIn.Answers["sts:AssumeRole"] = standIn.AssumeRole;
        app.Run(standIn.ServeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return standIn;
    }

    /// <summary>The calls of an operation.</summary>
    public IReadOnlyList<StandInCall> CallsOf(string operation) => [.. Calls.Where(call => call.Operation == operation)];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        var call = await StandInCall.ReadAsync(http);
        _calls.Enqueue(call);
        var now = DateTimeOffset.UtcNow + ClockAhead;
        var answer = (Faults.TryDequeue(out var fault) ? fault(call) : null) ?? Refusal(call, now)
            ?? (Answers.TryGetValue(call.Operation, out var known) ? known(call) : Otherwise?.Invoke(call) ?? StandInAnswer.Error(400, "UnknownOperationException", call.Operation));
        if (answer.Status == 0)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = answer.Status;
        http.Response.Headers.Date = now.ToString("r");
        http.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }

    private StandInAnswer? Refusal(StandInCall call, DateTimeOffset now)
    {
        if (!Keys.TryGetValue(call.KeyId, out var secret))
        {
            return StandInAnswer.Error(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        }

        if ((call.SignedAt - now).Duration() > TimeSpan.FromMinutes(5))
        {
            return StandInAnswer.Error(403, "SignatureDoesNotMatch", $"Signature expired: {call.SignedAt:o} is now earlier than {now:o}");
        }

        if (call.SessionToken is { } token && (!Sessions.TryGetValue(token, out var end) || end < DateTimeOffset.UtcNow))
        {
            return StandInAnswer.Error(403, "ExpiredToken", "The security token included in the request is expired");
        }

        return call.SignatureWith(secret) == call.Signature ? null : StandInAnswer.Error(403, "SignatureDoesNotMatch", "The request signature we calculated does not match");
    }

    private StandInAnswer AssumeRole(StandInCall call)
    {
        var number = Interlocked.Increment(ref _sessions);
        var (id, secret, token) = ($"ASIASTANDIN{number:d9}", $"secret of session {number}", $"token of session {number}");
        Keys[id] = secret;
        var end = DateTimeOffset.UtcNow + SessionLength;
        Sessions[token] = end;
        return StandInAnswer.Xml($"""
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>{id}</AccessKeyId>
            <SecretAccessKey>{secret}</SecretAccessKey><SessionToken>{token}</SessionToken><Expiration>{end.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}</Expiration>
            </Credentials></AssumeRoleResult></AssumeRoleResponse>
            """);
    }
}

/// <summary>What the stand-in answers.</summary>
/// <param name="Status">HTTP status; 0 breaks the connection.</param>
/// <param name="Body">Its text.</param>
/// <param name="ContentType">Its type.</param>
public sealed record StandInAnswer(int Status, string Body, string ContentType)
{
    /// <summary>No answer: the connection breaks.</summary>
    public static readonly StandInAnswer Broken = new(0, "", "");

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>A good answer in JSON.</summary>
    public static StandInAnswer Json(object answer) => new(200, JsonSerializer.Serialize(answer), "application/x-amz-json-1.1");

    /// <summary>A good answer in XML.</summary>
    public static StandInAnswer Xml(string answer) => new(200, answer, "text/xml");

    /// <summary>A refusal, in JSON.</summary>
    public static StandInAnswer Error(int status, string code, string message) =>
        new(status, JsonSerializer.Serialize(new { __type = "com.amazonaws.standin#" + code, message }), "application/x-amz-json-1.1");

    /// <summary>What a proxy answers.</summary>
    public static StandInAnswer Html(int status) => new(status, "<!DOCTYPE html><html><body><h1>It broke<br></h1></body></html>", "text/html");
}
