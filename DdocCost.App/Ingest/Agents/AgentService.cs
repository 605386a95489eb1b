using DdocCost.Protos.Agent.V1;
using Grpc.Core;
using Credential = DdocCost.Protos.Agent.V1.Credential;

namespace DdocCost.App.Ingest.Agents;

/// <summary>The agents' mouth: translates, and leaves the work to the desk and to <see cref="AgentStream"/>.</summary>
internal sealed class AgentService(AgentDesk desk, AgentStreams streams) : AgentIntake.AgentIntakeBase
{
    /// <inheritdoc/>
    public override async Task<Credential> Enrol(EnrolRequest request, ServerCallContext context)
    {
        var (issued, refusal) = await desk.EnrolAsync(request.Token, request.HostName, context.CancellationToken);
        return issued is not null ? Told(issued) : throw new RpcException(new Status(StatusCode.PermissionDenied, refusal!));
    }

    /// <inheritdoc/>
    public override async Task<Credential> Renew(RenewRequest request, ServerCallContext context) =>
        Told(await desk.RenewAsync(await IdentifyAsync(context), context.CancellationToken));

    /// <inheritdoc/>
    public override async Task Forward(IAsyncStreamReader<Upstream> requestStream, IServerStreamWriter<Downstream> responseStream, ServerCallContext context)
    {
        var agent = await IdentifyAsync(context);
        await streams.RunAsync(agent, requestStream, responseStream, context.CancellationToken);
    }

    private async Task<EnrolledAgent> IdentifyAsync(ServerCallContext context)
    {
        var header = context.RequestHeaders.GetValue("authorization") ?? "";
        var credential = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..] : "";
        var (agent, refusal, isRevoked) = await desk.IdentifyAsync(credential, context.CancellationToken);
        return refusal is null ? agent! : throw new RpcException(new Status(isRevoked ? StatusCode.PermissionDenied : StatusCode.Unauthenticated, refusal));
    }

    private static Credential Told(IssuedCredential issued) => new()
    {
        AgentId = issued.AgentId, Secret = issued.Secret, ExpiresUnixSeconds = issued.Kept.ExpiresAt.ToUnixTimeSeconds(),
    };
}
