using System.Net;
using DdocCost.Domain.Governance;
using DdocCost.Jobs.Aws.Credentials;

namespace DdocCost.Jobs.Aws;

/// <summary>
/// The circuit breaker of a connected account: while it cannot be signed in to or AWS cannot be reached, calls rest, and one tries now and then.
/// A refused permission is an answer, and so is being asked to slow down; neither opens it.
/// </summary>
/// <param name="breakers">Where breakers are kept.</param>
/// <param name="name">See <see cref="NameOf"/>.</param>
internal sealed class AccountBreaker(ICircuitBreakers breakers, string name)
{
    /// <summary>The breaker's name for an account.</summary>
    public static string NameOf(string tenantId, string accountId) => $"aws:{tenantId}/{accountId}";

    /// <summary>Calls, unless the breaker is open.</summary>
    /// <exception cref="AwsException">With <see cref="AwsException.Resting"/>: it is open.</exception>
    public async Task<T> GuardAsync<T>(AwsOperation operation, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        if (await breakers.OpenUntilAsync(name, cancellationToken) is { } until)
        {
            throw new AwsException(
                operation, AwsException.Resting, FormattableString.Invariant($"calls into this account have failed again and again, so they rest until {until.UtcDateTime:HH:mm:ss} UTC"), status: null);
        }

        try
        {
            var answer = await call();
            await breakers.SucceededAsync(name, cancellationToken);
            return answer;
        }
        catch (Exception error) when (IsOfTheAccount(error))
        {
            await breakers.FailedAsync(name, MissingPermission.Describe(error), CancellationToken.None);
            throw;
        }
        catch (AwsException error) when (!error.IsThrottling)
        {
            await breakers.SucceededAsync(name, CancellationToken.None); // AWS knows us and answered
            throw;
        }
    }

    private static bool IsOfTheAccount(Exception error) => error switch
    {
        NoCredentialsException => true,
        AwsException { IsThrottling: true } => false,
        AwsException { Code: AwsException.Unreachable } or AwsException { IsBadCredentials: true } or AwsException { IsExpired: true } => true,
        AwsException { Operation.Name: "AssumeRole" } => true,
        AwsException { Status: >= HttpStatusCode.InternalServerError } => true,
        _ => false,
    };
}
