using System.Globalization;
using System.Text.Json;

namespace DdocCost.Agent.Aws;

/// <summary>
/// The machine's own credentials, looked for as the AWS CLI does: environment, shared file, the container's endpoint (ECS, EKS Pod Identity),
/// the instance's metadata (IMDSv2). Those that end are got anew five minutes before.
/// </summary>
/// <param name="http">For the endpoints on the machine.</param>
/// <param name="environment">Environment variables.</param>
internal sealed class AwsCredentials(HttpClient http, Func<string, string?> environment) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _one = new(1);
    private AwsKeys? _keys;

    public void Dispose() => _one.Dispose();

    /// <summary>Credentials that are good now.</summary>
    /// <exception cref="AwsException">There are none.</exception>
    public async Task<AwsKeys> GetAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_keys is null || (_keys.ExpiresAt is { } end && DateTimeOffset.UtcNow > end - Early))
            {
                _keys = FromEnvironment() ?? FromFile() ?? await FromContainerAsync(cancellationToken) ?? await FromInstanceAsync(cancellationToken);
            }

            return _keys;
        }
        finally
        {
            _one.Release();
        }
    }

    private AwsKeys? FromEnvironment() => environment("AWS_ACCESS_KEY_ID") is { Length: > 0 } id && environment("AWS_SECRET_ACCESS_KEY") is { Length: > 0 } secret
        ? new AwsKeys(id, secret, environment("AWS_SESSION_TOKEN") is { Length: > 0 } token ? token : null, null)
        : null;

    private AwsKeys? FromFile()
    {
        var path = environment("AWS_SHARED_CREDENTIALS_FILE") ?? Path.Combine(environment("HOME") ?? "/", ".aws", "credentials");
        if (!File.Exists(path))
        {
            return null;
        }

        var profile = environment("AWS_PROFILE") ?? "default";
        var values = File.ReadLines(path).Select(line => line.Trim())
            .SkipWhile(line => line != $"[{profile}]").Skip(1).TakeWhile(line => !line.StartsWith('['))
            .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        return values.TryGetValue("aws_access_key_id", out var id) && values.TryGetValue("aws_secret_access_key", out var secret)
            ? new AwsKeys(id, secret, values.GetValueOrDefault("aws_session_token"), null)
            : null;
    }

    private async Task<AwsKeys?> FromContainerAsync(CancellationToken cancellationToken)
    {
        var address = environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { Length: > 0 } relative ? "http://169.254.170.2" + relative : environment("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        if (string.IsNullOrEmpty(address))
        {
            return null;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var token = environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is { Length: > 0 } file
            ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim() : environment("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        if (!string.IsNullOrEmpty(token))
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        return Read(await SendAsync(request, cancellationToken));
    }

    private async Task<AwsKeys> FromInstanceAsync(CancellationToken cancellationToken)
    {
        if (environment("AWS_EC2_METADATA_DISABLED") == "true")
        {
            throw None();
        }

        var metadata = (environment("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254").TrimEnd('/');
        try
        {
            using var session = new HttpRequestMessage(HttpMethod.Put, $"{metadata}/latest/api/token");
            session.Headers.Add("X-aws-ec2-metadata-token-ttl-seconds", "21600");
            var token = await SendAsync(session, cancellationToken);
            var role = (await GetAsync($"{metadata}/latest/meta-data/iam/security-credentials/", token, cancellationToken)).Split('\n')[0].Trim();
            return Read(await GetAsync($"{metadata}/latest/meta-data/iam/security-credentials/{role}", token, cancellationToken));
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw None();
        }
    }

    private async Task<string> GetAsync(string address, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("X-aws-ec2-metadata-token", token);
        return await SendAsync(request, cancellationToken);
    }

    private async Task<string> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(3));
        using var answer = await http.SendAsync(request, timeout.Token);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(timeout.Token);
    }

    private static AwsKeys Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        return new AwsKeys(
            root.GetProperty("AccessKeyId").GetString()!, root.GetProperty("SecretAccessKey").GetString()!, root.GetProperty("Token").GetString(),
            DateTimeOffset.Parse(root.GetProperty("Expiration").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }

    private static AwsException None() => new(0, "NoCredentials", "there are none in the environment, in ~/.aws/credentials, of the container or of the instance");
}
