using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;

namespace DdocCost.Jobs.Aws;

/// <summary>
/// Calls AWS for one account in one region. Every method throws <see cref="AwsException"/> where AWS refuses or cannot be reached, after it
/// was tried again where that may help, and <see cref="Credentials.NoCredentialsException"/> where there is nothing to sign with.
/// </summary>
public sealed class AwsClient
{
    private readonly AwsCaller _caller;
    private readonly AwsScope _scope;
    private readonly AccountBreaker? _breaker;

    internal AwsClient(AwsCaller caller, AwsScope scope, AccountBreaker? breaker) => (_caller, _scope, _breaker) = (caller, scope, breaker);

    /// <summary>The account.</summary>
    public string AccountId => _scope.AccountId;

    /// <summary>The region.</summary>
    public string Region => _scope.Region;

    /// <summary>The time as a service has it: ours, unless it has refused us for being far off.</summary>
    public DateTimeOffset NowOf(AwsService service) => _caller.NowOf(service, _scope.Region);

    /// <summary>Calls a JSON service.</summary>
    /// <param name="operation">What to call.</param>
    /// <param name="input">Its input, an anonymous type or a dictionary with AWS's own names.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<JsonElement> JsonAsync(AwsOperation operation, object input, CancellationToken cancellationToken) =>
        SendAsync(AwsRequest.Json(operation, input), AwsCaller.ReadJsonAsync, cancellationToken);

    /// <summary>Calls a JSON service page by page, by <see cref="AwsOperation.Paging"/>.</summary>
    public async IAsyncEnumerable<JsonElement> JsonPagesAsync(
        AwsOperation operation, IReadOnlyDictionary<string, object> input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var paging = PagingOf(operation);
        var next = new Dictionary<string, object>(input);
        while (true)
        {
            var page = await JsonAsync(operation, next, cancellationToken);
            yield return page;
            if (page.Text(paging.ResponseToken) is not { } token || Equals(next.GetValueOrDefault(paging.RequestToken), token))
            {
                yield break;
            }

            next[paging.RequestToken] = token;
        }
    }

    /// <summary>Calls a query service, EC2's included.</summary>
    /// <param name="operation">What to call.</param>
    /// <param name="parameters">Its parameters, lists as <c>Filter.1.Name</c>, <c>Names.member.1</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer's result element where there is one (<c>DescribeDBInstancesResult</c>), else its root; without namespaces.</returns>
    public async Task<XElement> QueryAsync(AwsOperation operation, IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(AwsRequest.Form(operation, parameters), AwsCaller.ReadXmlAsync, cancellationToken);
        return answer.Element(operation.Name + "Result") ?? answer;
    }

    /// <summary>Calls a query service page by page, by <see cref="AwsOperation.Paging"/>.</summary>
    public async IAsyncEnumerable<XElement> QueryPagesAsync(
        AwsOperation operation, IReadOnlyDictionary<string, string> parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var paging = PagingOf(operation);
        var next = new Dictionary<string, string>(parameters);
        while (true)
        {
            var page = await QueryAsync(operation, next, cancellationToken);
            yield return page;
            if (page.Text(paging.ResponseToken) is not { } token || next.GetValueOrDefault(paging.RequestToken) == token)
            {
                yield break;
            }

            next[paging.RequestToken] = token;
        }
    }

    /// <summary>Calls a REST service that talks JSON.</summary>
    /// <param name="operation">What to call; the verb is its <see cref="AwsOperation.Method"/>.</param>
    /// <param name="path">Path and query, encoded, such as <c>/2015-03-31/functions?MaxItems=50</c>.</param>
    /// <param name="input">What becomes the body; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<JsonElement> RestJsonAsync(AwsOperation operation, string path, object? input, CancellationToken cancellationToken) => SendAsync(
        AwsRequest.Rest(operation, path, input is null ? null : JsonSerializer.SerializeToUtf8Bytes(input), "application/json"),
        AwsCaller.ReadJsonAsync, cancellationToken);

    /// <summary>Calls a REST service that talks JSON page by page, by <see cref="AwsOperation.Paging"/>: the token goes into the query.</summary>
    public async IAsyncEnumerable<JsonElement> RestJsonPagesAsync(
        AwsOperation operation, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var paging = PagingOf(operation);
        string? token = null;
        while (true)
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await RestJsonAsync(
                operation, token is null ? path : $"{path}{separator}{paging.RequestToken}={Uri.EscapeDataString(token)}", input: null, cancellationToken);
            yield return page;
            if (page.Text(paging.ResponseToken) is not { } next || next == token)
            {
                yield break;
            }

            token = next;
        }
    }

    /// <summary>Calls a REST service that talks XML.</summary>
    /// <param name="operation">What to call.</param>
    /// <param name="path">Path and query, encoded.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<XElement> RestXmlAsync(AwsOperation operation, string path, CancellationToken cancellationToken) =>
        SendAsync(AwsRequest.Rest(operation, path, body: null, ""), AwsCaller.ReadXmlAsync, cancellationToken);

    /// <summary>Sends a request of S3's, whose bucket is part of the address.</summary>
    internal Task<T> BucketAsync<T>(
        AwsOperation operation, string bucket, string path, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        SendAsync(AwsRequest.Rest(operation, path, body: null, "") with { Bucket = bucket }, read, cancellationToken);

    private Task<T> SendAsync<T>(AwsRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        _breaker is null ? _caller.SendAsync(request, _scope, read, cancellationToken)
            : _breaker.GuardAsync(request.Operation, () => _caller.SendAsync(request, _scope, read, cancellationToken), cancellationToken);

    private static AwsPaging PagingOf(AwsOperation operation) =>
        operation.Paging ?? throw new ArgumentException($"{operation} says nothing about pages.", nameof(operation));
}
