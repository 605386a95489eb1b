using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DdocCost.App.Ingest.Agents;

/// <summary>Answers a message that is no message of the contract as the caller's mistake, and not as ours.</summary>
internal sealed class MalformedMessages : Interceptor
{
    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception malformed) when (malformed is InvalidProtocolBufferException or InvalidDataException)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"a message of the stream is malformed: {malformed.Message}"));
        }
    }
}
