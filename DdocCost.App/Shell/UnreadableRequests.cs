using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;

namespace DdocCost.App.Shell;

/// <summary>Refuses what nothing behind could read, before it becomes an error of ours.</summary>
internal static class UnreadableRequests
{
    /// <summary>Answers 400 to a NUL in the query, which no text of ours holds and PostgreSQL refuses, and to calls of a language model that a library cannot read and throws at.</summary>
    public static void UseRefusalOfUnreadable(this IApplicationBuilder app)
    {
        app.Use((http, next) =>
        {
            if (http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) != true)
            {
                return next(http);
            }

            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/mcp", StringComparison.Ordinal), calls => calls.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException { Source: "System.Text.Json" or "System.Text.Json.Rethrowable" } && !http.Response.HasStarted)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                await http.Response.WriteAsJsonAsync(new { jsonrpc = "2.0", id = (string?)null, error = new { code = -32602, message = "The parameters of this call cannot be read." } }, http.RequestAborted);
            }
        }));
    }

    /// <summary>Answers 400 to a page's form with a NUL in a field, or that is no form. After routing, because Slack and others sign a form's bytes, which nobody may have read before.</summary>
    public static void UseRefusalOfUnreadableForms(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        // Without the page's token the endpoint itself refuses it, and nobody may even ask whether it is a form.
        if (http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null || http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            || !http.Request.HasFormContentType || await IsReadableAsync(http))
        {
            await next(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status400BadRequest;
    });

    private static async Task<bool> IsReadableAsync(HttpContext http)
    {
        try
        {
            return (await http.Request.ReadFormAsync(http.RequestAborted)).All(field => field.Value.All(value => value?.Contains('\0') != true));
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException)
        {
            return false;
        }
    }
}
