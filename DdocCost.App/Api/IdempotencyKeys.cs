using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using DdocCost.App.Access;
using DdocCost.Domain.Storage;
using JasperFx;
using Marten;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Api;

/// <summary>
/// A change sent again under the same <c>Idempotency-Key</c> is answered as it was the first time, and not done again. Answers are kept
/// for a day. Source: IETF draft "The Idempotency-Key HTTP Header Field".
/// </summary>
internal sealed class IdempotencyKeys(IDocumentStore store, ISecretBox secrets, TimeProvider time, IOptions<JsonOptions> json) : IEndpointFilter
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    private const int Longest = 200;
    private const string Purpose = "idempotent-answer"; // some answers hold what is shown once, such as a token
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    // One that began and never ended was cut off: after this the key may be used for another try.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || http.Request.Headers[Header] is not [{ Length: > 0 } key])
        {
            return await next(context);
        }

        if (key.Length > Longest)
        {
            throw ApiException.Invalid(Header, $"At most {Longest} characters.");
        }

        var caller = await ApiCaller.BindAsync(http);
        var id = Hash($"{caller.Name}\n{(caller.Sight.SeesAll ? "*" : string.Join(' ', caller.Sight.Accounts))}\n{key}"); // names of tokens repeat
        var request = Hash($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n{await BodyAsync(http)}");
        if (await EarlierAsync(caller.Tenant, id, request, http.RequestAborted) is { } earlier)
        {
            return Results.Text(earlier.Body.Length == 0 ? "" : secrets.Unprotect(Purpose, earlier.Body), earlier.ContentType, Encoding.UTF8, earlier.Status);
        }

        try
        {
            var result = await next(context);
            await KeepAsync(caller.Tenant, id, request, result);
            return result;
        }
        catch
        {
            await ForgetAsync(caller.Tenant, id);
            throw;
        }
    }

    private async Task<IdempotentAnswer?> EarlierAsync(string tenant, string id, string request, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenant);
        var now = time.GetUtcNow();
        if (await session.LoadAsync<IdempotentAnswer>(id, cancellationToken) is { } known && known.At > now - Kept)
        {
            if (known.Request != request)
            {
                throw ApiException.Refused([$"This {Header} was used for another request."]);
            }

            if (known.Status != 0)
            {
                return known;
            }

            if (known.At > now - Patience)
            {
                throw ApiException.Conflict("The same request is being carried out at this moment. Ask again in a second.");
            }
        }

        var forgotten = now - Kept;
        session.DeleteWhere<IdempotentAnswer>(old => old.Id == id || old.At < forgotten);
        await session.SaveChangesAsync(cancellationToken);
        session.Insert(new IdempotentAnswer { Id = id, Request = request, At = now });
        try
        {
            await session.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DocumentAlreadyExistsException)
        {
            throw ApiException.Conflict("The same request is being carried out at this moment. Ask again in a second.");
        }
    }

    private async Task KeepAsync(string tenant, string id, string request, object? result)
    {
        var (status, body) = result switch
        {
            IValueHttpResult { Value: { } value } and IStatusCodeHttpResult { StatusCode: var code } => (code ?? 200, JsonSerializer.Serialize(value, value.GetType(), json.Value.SerializerOptions)),
            IStatusCodeHttpResult { StatusCode: { } code } => (code, ""),
            null or IResult => (StatusCodes.Status204NoContent, ""),
            _ => (StatusCodes.Status200OK, JsonSerializer.Serialize(result, result.GetType(), json.Value.SerializerOptions)),
        };
        await using var session = store.LightweightSession(tenant);
        session.Store(new IdempotentAnswer { Id = id, Request = request, At = time.GetUtcNow(), Status = status, Body = body.Length == 0 ? "" : secrets.Protect(Purpose, body) });
        await session.SaveChangesAsync();
    }

    private async Task ForgetAsync(string tenant, string id)
    {
        await using var session = store.LightweightSession(tenant);
        session.Delete<IdempotentAnswer>(id);
        await session.SaveChangesAsync();
    }

    private static async Task<string> BodyAsync(HttpContext http)
    {
        http.Request.Body.Position = 0; // buffered by ApiSetup
        using var reader = new StreamReader(http.Request.Body, leaveOpen: true);
        return await reader.ReadToEndAsync(http.RequestAborted);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text)));
}

/// <summary>What a change under a key was answered. Document of a tenant.</summary>
internal sealed record IdempotentAnswer
{
    /// <summary>Hash of the key and who used it.</summary>
    public required string Id { get; init; }

    /// <summary>Hash of the request.</summary>
    public required string Request { get; init; }

    /// <summary>When it was asked or answered, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>HTTP status; 0 while it is being carried out.</summary>
    public int Status { get; init; }

    /// <summary>JSON, sealed; may be empty.</summary>
    public string Body { get; init; } = "";

    /// <summary>Of the body.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string ContentType => "application/json; charset=utf-8";
}

/// <summary>How answers under a key are kept.</summary>
internal sealed class IdempotencyStorage : IConfigureMarten
{
    /// <inheritdoc />
    public void Configure(IServiceProvider services, StoreOptions options) => options.Schema.For<IdempotentAnswer>().DocumentAlias("idempotent_answers");
}
