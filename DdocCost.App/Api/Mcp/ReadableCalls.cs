using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace DdocCost.App.Api.Mcp;

/// <summary>Refuses calls of a language model with a NUL in what they ask: PostgreSQL takes none, so nothing can have such a name.</summary>
internal static class ReadableCalls
{
    /// <summary>For every tool.</summary>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Only(McpRequestHandler<CallToolRequestParams, CallToolResult> next) => (call, cancellationToken) =>
        call.Params?.Arguments?.Values.Any(HoldsNul) == true
            ? ValueTask.FromResult(new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = "A text holds a NUL." }] })
            : next(call, cancellationToken);

    // In JSON it can only be escaped; what is read must not be decoded for it, for half of a surrogate pair cannot be.
    private static bool HoldsNul(JsonElement asked) => asked.GetRawText().Contains("\\u0000", StringComparison.Ordinal);
}
