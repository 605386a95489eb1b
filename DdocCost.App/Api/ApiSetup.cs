using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DdocCost.App.Access;
using DdocCost.App.Api.Focus;
using DdocCost.App.Api.Mcp;
using DdocCost.App.Shell;
using Marten;
using Microsoft.AspNetCore.Http.Features;
using Scalar.AspNetCore;

namespace DdocCost.App.Api;

/// <summary>The API under <c>/api/v1</c>: everything the pages do, for programs. Its document is at <c>/api/v1/openapi.json</c>, to read at <c>/api</c>.</summary>
internal static class ApiSetup
{
    /// <summary>Where it begins.</summary>
    public const string Path = "/api/v1";

    private const long LargestBody = 1 << 20;

    /// <summary>What the API keeps; also what the migration needs to know.</summary>
    public static IServiceCollection AddApiStorage(this IServiceCollection services) => services.AddSingleton<IConfigureMarten, IdempotencyStorage>();

    /// <summary>Adds it.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Explain);
        services.AddExceptionHandler<ApiErrors>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            json.SerializerOptions.RespectNullableAnnotations = json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.TypeInfoResolver = (json.SerializerOptions.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(BodyRules.Apply);
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow; // a misspelt field that is ignored changes nothing, silently
        });
        services.AddHttpContextAccessor().AddSingleton<FocusReader>();
        services.AddMcpServer().WithHttpTransport(http => http.Stateless = true).WithTools<CostTools>().WithRequestFilters(filters => filters.AddCallToolFilter(ReadableCalls.Only));
        return services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = description => $"/{description.RelativePath}".StartsWith(Path, StringComparison.Ordinal);
            options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "dd0c/cost", Version = "v1",
                Description = "Sums are US dollars at list price, rates are per hour, times are UTC. Lists go on with `cursor`; errors are problem details (RFC 9457); "
                    + "a change sent again with the same `Idempotency-Key` is done once.",
            };
            document.Servers?.Clear(); // whoever reads it knows the address
            return Task.CompletedTask;
        });
        });
    }

    /// <summary>Whether a request is one to the API.</summary>
    public static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>Errors as problem details, and bodies that can be read twice, under <c>/api</c> only.</summary>
    public static void UseApi(this IApplicationBuilder app) => app.UseWhen(IsApi, api =>
    {
        api.UseExceptionHandler();
        api.UseStatusCodePages();
        api.Use((http, next) =>
        {
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = LargestBody;
            }

            http.Request.EnableBuffering();
            return next(http);
        });
    });

    /// <summary>
    /// Behind routing: what no call of the API takes is told so before anybody is asked who they are. The framework's own answers to a wrong
    /// method or type of body name no policy, and would otherwise be taken for pages that need a sign-in.
    /// </summary>
    public static void UseApiRouting(this IApplicationBuilder app) => app.UseWhen(IsApi, api => api.Use((http, next) =>
    {
        var endpoint = http.GetEndpoint();
        if (endpoint is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return endpoint is not RouteEndpoint && endpoint.RequestDelegate is { } answer ? answer(http) : next(http);
    }));

    /// <summary>Maps it.</summary>
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup(Path).RequireAuthorization(Roles.ApiReadPolicy).RequireRateLimiting(AccessSetup.ApiLimit).AddEndpointFilter<IdempotencyKeys>().AddEndpointFilter<ETags>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).DisableAntiforgery();
        CasesApi.Map(api);
        CostEventsApi.Map(api);
        ExposureApi.Map(api);
        ZombiesApi.Map(api);
        ReconcileApi.Map(api);
        AccountsApi.Map(api);
        SourcesApi.Map(api);
        PushApi.Map(api);
        ArchiveApi.Map(api);
        DetectionApi.Map(api);
        ExpectationsApi.Map(api);
        BacktestsApi.Map(api);
        NotifyApi.Map(api);
        PeopleApi.Map(api);
        TokensApi.Map(api);
        GovernanceApi.Map(api);
        SearchApi.Map(api);
        SystemApi.Map(api);
        StreamApi.Map(api);
        ExportsApi.Map(api);
        app.MapMcp("/mcp").RequireAuthorization(Roles.ApiReadPolicy).RequireRateLimiting(AccessSetup.ApiLimit).DisableAntiforgery();
        app.MapOpenApi("/api/{documentName}/openapi.json").RequireAuthorization(Roles.AnyonePolicy);
        app.MapScalarApiReference("/api", (options, http) => options.WithTitle("dd0c/cost API").WithOpenApiRoutePattern("/api/{documentName}/openapi.json").DisableAgent().DisableTelemetry()
            .DisableDefaultFonts().HideDeveloperTools().WithNonce(SecurityHeaders.AllowByNonce(http))).RequireAuthorization(Roles.AnyonePolicy);
    }

    private static void Explain(ProblemDetailsContext context) => context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
    {
        StatusCodes.Status400BadRequest => "A parameter or the body cannot be read: a wrong type, a field that is not known, or one that is missing.",
        StatusCodes.Status401Unauthorized => "Send a token: Authorization: Bearer …",
        StatusCodes.Status403Forbidden => "This token, or this role, may not do that.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address takes other methods.",
        StatusCodes.Status413PayloadTooLarge => "At most 1 MiB.",
        StatusCodes.Status415UnsupportedMediaType => "Send application/json.",
        _ => null,
    };
}
