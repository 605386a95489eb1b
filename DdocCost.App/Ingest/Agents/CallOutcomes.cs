using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DdocCost.App.Ingest.Agents;

/// <summary>Tells the caller's mistakes from ours: what cannot be read is answered as malformed, and only what fails on our side is logged as an error.</summary>
internal sealed class CallOutcomes(ILogger<CallOutcomes> log) : Interceptor
{
    private static readonly object WasRead = new();

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        context.GetHttpContext().Items[WasRead] = WasRead;
        return ToldAsync(context, () => continuation(request, context));
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        context.GetHttpContext().Items[WasRead] = WasRead;
        return ToldAsync(context, async () =>
        {
            await continuation(new Reader<TRequest>(requestStream), responseStream, context);
            return true;
        });
    }

    /// <summary>
    /// The library reads the message of a single call before any interceptor and answers "unknown" where it is none. Nothing else fails before an interceptor
    /// is reached, so what is unknown and did not get there was malformed.
    /// </summary>
    public static async Task AnswerMalformedAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (!http.Response.HasStarted && !http.Items.ContainsKey(WasRead) && http.Response.Headers["grpc-status"] == $"{(int)StatusCode.Unknown}")
        {
            http.Response.Headers["grpc-status"] = $"{(int)StatusCode.InvalidArgument}";
            http.Response.Headers["grpc-message"] = "the message is malformed";
        }
    }

    private async Task<T> ToldAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception ours) when (ours is not (RpcException or OperationCanceledException) && !context.CancellationToken.IsCancellationRequested)
        {
            IngestLog.AgentCallFailed(log, context.Method, ours);
            throw new RpcException(new Status(StatusCode.Internal, "it failed on this side; it is in the log"));
        }
    }

    /// <summary>Reading fails by what the caller sends, or because it hung up.</summary>
    private sealed class Reader<T>(IAsyncStreamReader<T> stream) : IAsyncStreamReader<T>
    {
        public T Current => stream.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            try
            {
                return await stream.MoveNext(cancellationToken);
            }
            catch (Exception unreadable) when (unreadable is IOException or InvalidDataException)
            {
                throw new RpcException(new Status(StatusCode.InvalidArgument, $"the stream cannot be read on: {unreadable.Message}"));
            }
        }
    }
}
