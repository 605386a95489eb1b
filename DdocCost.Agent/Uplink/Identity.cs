using System.Globalization;
using DdocCost.Agent.Spool;
using DdocCost.Protos.Agent.V1;
using Grpc.Core;

namespace DdocCost.Agent.Uplink;

/// <summary>Who this agent is: a credential got for a one-time token, and renewed before it ends. Kept in a file that only its owner reads.</summary>
internal sealed class Identity(string file, AgentOptions options)
{
    private string? _secret;
    private DateTimeOffset _renewAt;
    private bool _isRefused;

    /// <summary>What to send with calls.</summary>
    public Metadata Headers => new() { { "authorization", $"Bearer {_secret}" } };

    /// <summary>Makes sure that there is a credential, and a fresh one.</summary>
    /// <exception cref="RpcException">The application cannot be reached, or refuses.</exception>
    /// <exception cref="InvalidOperationException">There is neither a credential nor a token.</exception>
    public async Task EnsureAsync(AgentIntake.AgentIntakeClient app, CancellationToken cancellationToken)
    {
        if (_secret is null && SmallFile.Read(file)?.Split('\n') is [{ Length: > 0 } secret, var renewAt, ..])
        {
            (_secret, _renewAt) = (secret, DateTimeOffset.FromUnixTimeSeconds(long.Parse(renewAt, CultureInfo.InvariantCulture)));
        }

        if (_secret is null || (_isRefused && options.Token is not null))
        {
            if (options.Token is null)
            {
                throw new InvalidOperationException("This agent is not enrolled: give it the one-time token of the page 'Push' (token = …).");
            }

            SmallFile.EnsureRoomFor(file); // the token is good once: no use of it that could not be kept
            Keep(await app.EnrolAsync(
                new EnrolRequest { Token = options.Token, HostName = Environment.MachineName, AgentVersion = Program.Version },
                deadline: DateTime.UtcNow.AddSeconds(30), cancellationToken: cancellationToken));
            _isRefused = false;
            Log.Info("enrolled");
        }
        else if (DateTimeOffset.UtcNow >= _renewAt && HasRoom())
        {
            Keep(await app.RenewAsync(new RenewRequest(), Headers, DateTime.UtcNow.AddSeconds(30), cancellationToken));
            Log.Info("credential renewed");
        }
    }

    /// <summary>The credential is not good any more, after a long absence perhaps. The token that is set may be a new one, so it is tried.</summary>
    public void Refused() => _isRefused = true;

    /// <summary>On a full disk the old credential has to serve a while longer.</summary>
    private bool HasRoom()
    {
        try
        {
            SmallFile.EnsureRoomFor(file);
            return true;
        }
        catch (IOException disk)
        {
            Log.Error($"the credential is not renewed, because a new one could not be kept: {disk.Message}");
            return false;
        }
    }

    /// <summary>When a credential should be renewed: after two thirds of its life.</summary>
    public TimeSpan UntilRenewal => _renewAt - DateTimeOffset.UtcNow;

    private void Keep(Credential credential)
    {
        var now = DateTimeOffset.UtcNow;
        var life = DateTimeOffset.FromUnixTimeSeconds(credential.ExpiresUnixSeconds) - now;
        (_secret, _renewAt) = (credential.Secret, now + life * 2 / 3);
        SmallFile.Write(file, string.Create(CultureInfo.InvariantCulture, $"{_secret}\n{_renewAt.ToUnixTimeSeconds()}\n"), flush: true);
    }
}
