namespace DdocCost.Agent.Aws;

/// <summary>AWS said no.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">AWS's error code, such as <c>AccessDenied</c>.</param>
/// <param name="message">AWS's message.</param>
internal sealed class AwsException(int status, string code, string message) : Exception($"AWS answered {code} ({status}): {message}")
{
    /// <summary>AWS's error code.</summary>
    public string Code { get; } = code;
}
