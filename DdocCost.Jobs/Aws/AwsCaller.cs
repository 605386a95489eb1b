using System.Collections.Concurrent;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using DdocCost.Domain.Governance;
using DdocCost.Jobs.Aws.Credentials;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace DdocCost.Jobs.Aws;

/// <summary>
/// Sends requests: in turn, signed anew for each attempt, tried again where that may help. What finally fails is an <see cref="AwsException"/>.
/// </summary>
internal sealed class AwsCaller
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<(string Account, string Region, string Service, string Operation), RequestPace> _paces = [];
    private readonly HttpMessageInvoker _http;
    private readonly AwsEndpoints _endpoints;
    private readonly TimeProvider _clock;
    private readonly ClockSkew _skew;
    private readonly ResiliencePipeline _retries;
    private readonly IPanicSwitch? _panic;

    /// <summary>Makes one; it is meant to be shared.</summary>
    /// <param name="http">What sends. It must not follow redirects, because a signature is for one address.</param>
    /// <param name="endpoints">Where services are.</param>
    /// <param name="options">How often to try.</param>
    /// <param name="clock">Time, also for pauses.</param>
    /// <param name="panic">Stops all but what brings events in; null for never.</param>
    public AwsCaller(HttpMessageInvoker http, AwsEndpoints endpoints, IOptions<AwsOptions> options, TimeProvider clock, IPanicSwitch? panic)
    {
        (_http, _endpoints, _clock, _skew, _panic) = (http, endpoints, clock, new ClockSkew(clock), panic);
        _retries = options.Value.Attempts == 1 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = options.Value.Attempts - 1,
            Delay = options.Value.FirstPause,
            MaxDelay = LongestPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Exception is AwsException { IsTransient: true } or AttemptRefusedException),
            DelayGenerator = outcome => ValueTask.FromResult(outcome.Outcome.Exception switch
            {
                AttemptRefusedException or AwsException { IsClockSkew: true } => TimeSpan.Zero,
                AwsException { RetryAfter: { } wait } => wait < LongestPause ? wait : LongestPause,
                _ => (TimeSpan?)null,
            }),
        }).Build();
    }

    /// <summary>Sends a request and reads the answer.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="scope">Where to, and by whom.</param>
    /// <param name="read">Reads a good answer; part of the attempt, so that a connection that breaks meanwhile is tried again.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="AwsException">It failed, and did so again where trying again might have helped.</exception>
    /// <exception cref="NoCredentialsException">There is nothing to sign with.</exception>
    /// <exception cref="PanicException">Panic mode is on, and the operation is not one that brings events in.</exception>
    public async Task<T> SendAsync<T>(
        AwsRequest request, AwsScope scope, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        if (request.Operation is { BringsEvents: false, KeepsEvents: false, CarriesEvents: false } && _panic is not null && await _panic.ReadAsync(cancellationToken) is { IsOn: true } panic)
        {
            throw new PanicException(panic);
        }

        try
        {
            return await _retries.ExecuteAsync(
                async (state, token) => await AttemptAsync(state.request, state.scope, state.read, token), (request, scope, read), cancellationToken);
        }
        catch (AttemptRefusedException refused)
        {
            throw refused.Answer;
        }
    }

    /// <summary>The time as a service has it: ours, unless it has refused us for being far off.</summary>
    public DateTimeOffset NowOf(AwsService service, string region) => _skew.NowAt(_endpoints.Of(service, region).Address);

    /// <summary>Reads JSON; an empty answer is an empty object.</summary>
    public static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        using var document = JsonDocument.Parse(bytes.Length == 0 ? "{}"u8.ToArray() : bytes);
        return document.RootElement.Clone();
    }

    /// <summary>Reads XML; an empty answer is an empty element.</summary>
    public static async Task<XElement> ReadXmlAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return bytes.Length == 0 ? new XElement("Empty") : AwsXml.Parse(new MemoryStream(bytes));
    }

    private async Task<T> AttemptAsync<T>(
        AwsRequest request, AwsScope scope, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var operation = request.Operation;
        var pace = PaceOf(operation, scope);
        await pace.WaitAsync(cancellationToken);
        var keys = await scope.Credentials.GetAsync(cancellationToken);
        var endpoint = scope.Endpoint ?? _endpoints.Of(operation.Service, scope.Region);
        using var patience = new CancellationTokenSource(operation.Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var message = request.ToMessage(endpoint);
            var signedAt = await SignAsync(message, request, endpoint, keys, either.Token);
            using var response = await _http.SendAsync(message, either.Token);
            if (response.IsSuccessStatusCode)
            {
                var answer = await read(response, either.Token);
                pace.Succeeded();
                return answer;
            }

            var error = await AwsErrors.ReadAsync(operation, response, _skew.Learn(message.RequestUri!, signedAt, response), either.Token);
            throw Judge(error, pace, scope, keys);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new AwsException(operation, AwsException.Unreachable, $"no answer from {endpoint.Address.Authority} within {operation.Patience.TotalSeconds:0} s", status: null);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new AwsException(operation, AwsException.Unreachable, $"{endpoint.Address.Authority}: {error.Message}", status: null, error);
        }
        catch (Exception error) when (error is JsonException or XmlException)
        {
            throw new AwsException(operation, AwsException.Unreachable, $"{endpoint.Address.Authority} answered what is not AWS's: {error.Message}", status: null, error);
        }
    }

    private static Exception Judge(AwsException error, RequestPace pace, AwsScope scope, AwsKeys keys)
    {
        if (error.IsThrottling)
        {
            pace.Throttled();
        }

        return !error.IsClockSkew && (error.IsExpired || error.IsBadCredentials) && scope.Credentials.Refused(keys, error.IsExpired)
            ? new AttemptRefusedException(error)
            : error;
    }

    private RequestPace PaceOf(AwsOperation operation, AwsScope scope) => _paces.GetOrAdd(
        (scope.AccountId, scope.Region, operation.Service.Id, operation.Name),
        _ => new RequestPace(operation.RequestsPerSecond ?? operation.Service.RequestsPerSecond, _clock));

    private async Task<DateTimeOffset> SignAsync(
        HttpRequestMessage message, AwsRequest request, AwsEndpoint endpoint, AwsKeys keys, CancellationToken cancellationToken)
    {
        var now = _skew.NowAt(message.RequestUri!);
        var signing = new AWSSigningRequest { HttpMethod = message.Method, RequestUri = message.RequestUri, Content = request.Body };
        foreach (var (name, value) in request.Headers)
        {
            signing.Headers[name] = value;
        }

        if (request.ContentType is { } contentType)
        {
            signing.Headers["Content-Type"] = message.Content!.Headers.ContentType!.ToString();
        }

        var signed = await AWSSigV4Signer.SignAsync(
            signing,
            new AWSSigV4Parameters
            {
                Credentials = keys.SessionToken is { } token
                    ? new SessionAWSCredentials(keys.AccessKeyId, keys.SecretKey, token)
                    : new BasicAWSCredentials(keys.AccessKeyId, keys.SecretKey),
                Region = RegionEndpoint.GetBySystemName(endpoint.SigningRegion),
                Service = request.Operation.Service.SigningName,
                SignedAt = now.UtcDateTime,
            },
            cancellationToken);
        foreach (var (name, value) in signed.Headers)
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return now;
    }

    /// <summary>Refused for its keys, and there are others to try.</summary>
    private sealed class AttemptRefusedException(AwsException answer) : Exception(answer.Message, answer)
    {
        public AwsException Answer => answer;
    }
}
