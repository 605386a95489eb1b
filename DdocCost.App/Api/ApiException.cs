using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace DdocCost.App.Api;

/// <summary>A request is answered with a problem (RFC 9457) instead of what it asked for.</summary>
internal sealed class ApiException(int status, string title, string detail) : Exception(detail)
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Fields that are wrong with what is wrong about them; empty where it is about none.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; private init; } = new Dictionary<string, string[]>();

    /// <summary>A field cannot be used.</summary>
    public static ApiException Invalid(string field, params string[] problems) =>
        new(StatusCodes.Status400BadRequest, "That cannot be used", string.Join(' ', problems)) { Errors = new Dictionary<string, string[]> { [field] = problems } };

    /// <summary>There is no such thing, or it is not this client's to see.</summary>
    public static ApiException NotFound(string what) => new(StatusCodes.Status404NotFound, "Not found", $"There is no such {what}.");

    /// <summary>Somebody else has changed it meanwhile, or it is not in a state to.</summary>
    public static ApiException Conflict(string detail) => new(StatusCodes.Status409Conflict, "Not possible now", detail);

    /// <summary>It was read, and it may not be so.</summary>
    public static ApiException Refused(IReadOnlyCollection<string> problems) =>
        new(StatusCodes.Status422UnprocessableEntity, "That was refused", string.Join(' ', problems)) { Errors = new Dictionary<string, string[]> { [""] = [.. problems] } };

    /// <summary>As it is answered.</summary>
    public ProblemDetails ToProblem()
    {
        var problem = Errors.Count > 0 ? new HttpValidationProblemDetails(Errors.ToDictionary()) : new ProblemDetails();
        (problem.Status, problem.Title, problem.Detail) = (Status, title, Message);
        return problem;
    }
}

/// <summary>Answers every error under <c>/api</c> as problem details.</summary>
internal sealed partial class ApiErrors(IProblemDetailsService problems, ILogger<ApiErrors> log) : IExceptionHandler
{
    // Characters that JSON and addresses may hold and PostgreSQL may not: character_not_in_repertoire, untranslatable_character.
    private static readonly string[] NotStorable = ["22021", "22P05"];

    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception error, CancellationToken cancellationToken)
    {
        if (!ApiSetup.IsApi(http))
        {
            return false;
        }

        var problem = error switch
        {
            ApiException known => known.ToProblem(),
            BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode, Title = "The request cannot be read", Detail = bad.Message },
            // A desk's own words for the person who asked.
            ArgumentException refused when refused.ParamName is null => ApiException.Refused([refused.Message]).ToProblem(),
            _ when IsNotStorable(error) => new ProblemDetails { Status = StatusCodes.Status400BadRequest, Title = "The request cannot be read", Detail = "A text in it holds a character that no text may hold, such as NUL." },
            _ => new ProblemDetails { Status = StatusCodes.Status500InternalServerError, Title = "Something went wrong here", Detail = $"It is in the log under {http.TraceIdentifier}." },
        };
        http.Response.StatusCode = problem.Status!.Value;
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            Failed(log, http.Request.Method, http.GetEndpoint()?.DisplayName ?? "", http.TraceIdentifier, error); // the framework takes what is handled for what needs no mention
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem, Exception = error });
    }

    private static bool IsNotStorable(Exception error) => (error as PostgresException ?? error.InnerException as PostgresException) is { } refused && NotStorable.Contains(refused.SqlState);

    [LoggerMessage(3300, LogLevel.Error, "{Method} {Endpoint} failed, request {Request}")]
    private static partial void Failed(ILogger log, string method, string endpoint, string request, Exception error);
}
