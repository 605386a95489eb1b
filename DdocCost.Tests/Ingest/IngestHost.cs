using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using DdocCost.App.Ingest.Push;
using DdocCost.Domain.Ingestion;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.Ingest;

/// <summary>The application with its mouths open, and an Amazon SNS that stands in for the real one.</summary>
public sealed class IngestHost(PostgresServer postgres, RedisServer redis) : IAsyncLifetime
{
    private BrowserHost? _host;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(Host.Url);

    /// <summary>Stands in for Amazon SNS.</summary>
    public SnsStandIn Sns { get; } = new();

    /// <summary>Sends as anybody.</summary>
    public HttpClient Http { get; } = new();

    private BrowserHost Host => _host!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Sns.StartAsync();
        _host = await BrowserHost.StartAsync(
            postgres, await redis.AddressAsync(), $"--Ingest:SnsTestHost={Sns.Host}", "--Ingest:MaxBodyBytes=1048576", "--Ingest:MaxPlainBytes=4194304",
            "--Ingest:MaxBacklog=1000000", "--Ingest:BodyTimeout=00:00:00.8");
        Http.BaseAddress = Address;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        await Sns.DisposeAsync();
    }

    /// <summary>A service.</summary>
    internal T Get<T>() where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>Makes a source of a tenant that nothing else uses.</summary>
    internal async Task<(PushSource Source, string Key)> SourceAsync(
        PushKind kind = PushKind.Token, string? tenant = null, string[]? accounts = null, string[]? topics = null, TimeSpan? lifetime = null)
    {
        var (source, key) = await Get<PushDesk>().CreateAsync(
            tenant ?? $"t{Guid.NewGuid():N}", "admin", new PushDraft("A source", kind, accounts ?? [], topics ?? [], lifetime), Stop);
        return (source, key ?? "");
    }

    /// <summary>Posts to the webhook.</summary>
    internal async Task<Answer> PostAsync(byte[] body, string? token = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ingest/v1/cloudtrail") { Content = new ByteArrayContent(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        change?.Invoke(request);
        using var response = await Http.SendAsync(request, Stop);
        return await Answer.OfAsync(response);
    }

    /// <summary>What a tenant's sources brought.</summary>
    internal async Task<SourceTally?> TallyAsync(PushSource source) =>
        (await Get<IntakeStore>().TalliesAsync(source.TenantId, Stop)).GetValueOrDefault(source.IntakeName);

    /// <summary>What a tenant has in quarantine.</summary>
    internal async Task<IReadOnlyList<QuarantinedRecord>> QuarantineAsync(string tenant)
    {
        await using var session = Host.Store.QuerySession(tenant);
        return await session.Query<QuarantinedRecord>().ToListAsync(Stop);
    }
}

/// <summary>What the webhook said.</summary>
internal sealed record Answer(HttpStatusCode Status, TimeSpan? RetryAfter, string Challenge, string? Detail, long Records, long Rejected, bool Redelivered, string[]? Reasons)
{
    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var said = await response.Content.ReadFromJsonAsync<Body>();
        return new Answer(
            response.StatusCode, response.Headers.RetryAfter?.Delta, response.Headers.WwwAuthenticate.ToString(), said!.Detail, said.Records, said.Rejected,
            said.Redelivered, said.Reasons);
    }

    private sealed record Body(string? Detail, long Records, long Rejected, bool Redelivered, string[]? Reasons);
}
