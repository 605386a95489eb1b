using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Cognito user pools, billed by monthly active users. Source: Amazon Cognito API reference; a CloudTrail record of CreateUserPool.
/// </summary>
internal static class Cognito
{
    private const string Pool = "cognito:user-pool";

    public static readonly Service Service = new("cognito-idp",
        Starts("CreateUserPool", Pool, "id", part: "userPool"),
        Stops("DeleteUserPool", Pool, "userPoolId"));
}
