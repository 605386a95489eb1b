namespace DdocCost.Domain.Normalise;

/// <summary>
/// Finds who stands behind a userIdentity, the same across sessions. Source: AWS, "CloudTrail userIdentity element".
/// Whether a role's session is a person or a machine is a judgement from signals, strongest first; see <see cref="ActorSignals"/>.
/// </summary>
internal static class ActorReader
{
    /// <summary>The actor of a record; <see cref="Actor.Unknown"/> where it tells nothing.</summary>
    public static Actor Read(CloudTrailRecord record)
    {
        var identity = record.Identity;
        var arn = identity["arn"].Text;
        return identity["type"].Text switch
        {
            "Root" => new Actor("root", "root", ActorKind.Root, arn),
            "AssumedRole" => OfSession(record, arn),
            "IAMUser" => OfUser(record, arn),
            "FederatedUser" => OfFederated(identity, arn),
            "SAMLUser" => Named("saml", identity, arn, ActorKind.Person),
            "WebIdentityUser" => Named("web", identity, arn, ActorKind.Person),
            "IdentityCenterUser" => OfIdentityCenter(identity, arn),
            "AWSService" => OfService(record) ?? Actor.Unknown,
            "AWSAccount" => OfAccount(identity, arn),
            _ => OfArn(record, arn) ?? OfService(record) ?? Actor.Unknown,
        };
    }

    // Records of some services and of old versions leave the type out; the ARN tells it too.
    private static Actor? OfArn(CloudTrailRecord record, string? arn) => arn switch
    {
        null => null,
        _ when arn.Contains(":assumed-role/", StringComparison.Ordinal) => OfSession(record, arn),
        _ when arn.Contains(":user/", StringComparison.Ordinal) => OfUser(record, arn),
        _ when arn.EndsWith(":root", StringComparison.Ordinal) => new Actor("root", "root", ActorKind.Root, arn),
        _ => null,
    };

    private static Actor OfSession(CloudTrailRecord record, string? arn)
    {
        var context = record.Identity["sessionContext"];
        var issuer = context["sessionIssuer"];
        var (role, session) = RoleAndSession(arn, record.Identity["principalId"].Text);
        role ??= issuer["userName"].Text ?? Ids.Tail(issuer["arn"].Text);
        if (role is null)
        {
            return OfService(record) ?? Actor.Unknown;
        }

        if (ServiceLinkedTo(role, issuer["arn"].Text, record.Identity["invokedBy"].Text) is { } service)
        {
            return new Actor($"service/{service}", service, ActorKind.AwsService, arn);
        }

        // A service calls with a role it was given, or for a person whose session it goes on with; only what is sure tells the second.
        var person = context["sourceIdentity"].Text; // set by the identity provider, and kept through role chains
        var signals = new ActorSignals(
            role, person ?? session, record.UserAgent,
            HasMfa: context["attributes"]["mfaAuthenticated"].Flag ?? false,
            FromConsole: IsFromConsole(record),
            HasSourceIdentity: person is not null);
        var byService = ServiceName(record.Identity["invokedBy"].Text) is not null;
        return ActorMemory.Of((signals, arn, byService), static told => Judge(told.Signals, told.Arn, told.ByService));
    }

    private static Actor Judge(ActorSignals signals, string? arn, bool byService)
    {
        var role = signals.Role;
        if (!signals.IsPerson || (!signals.IsSurelyPerson && byService))
        {
            return new Actor($"role/{role}", role, ActorKind.Automation, arn);
        }

        var (kind, shortRole) = ActorSignals.SsoPermissionSet(role) is { } set ? ("sso", set) : ("role", role);
        return signals.PersonName is { } name
            ? new Actor($"{kind}/{shortRole}/{name}", name, ActorKind.Person, arn)
            : new Actor($"{kind}/{shortRole}", shortRole, ActorKind.Person, arn);
    }

    private static Actor OfUser(CloudTrailRecord record, string? arn)
    {
        var name = record.Identity["userName"].Text ?? Ids.Tail(arn) ?? record.Identity["principalId"].Text ?? "unknown";
        var signals = new ActorSignals(
            Role: "", name, record.UserAgent,
            HasMfa: record.Identity["sessionContext"]["attributes"]["mfaAuthenticated"].Flag ?? false,
            FromConsole: IsFromConsole(record),
            HasSourceIdentity: false);
        return ActorMemory.Of((signals, arn, false), static told => new Actor(
            $"user/{told.Signals.Session}", told.Signals.Session!, told.Signals.IsUserPerson ? ActorKind.Person : ActorKind.Automation, told.Arn));
    }

    private static Actor OfFederated(Field identity, string? arn)
    {
        var name = Ids.Tail(arn) ?? identity["userName"].Text ?? "unknown";
        var isMachine = ActorSignals.SoundsAutomated(name) || ActorSignals.IsMachineSession(name);
        return new Actor($"federated/{name}", name, isMachine ? ActorKind.Automation : ActorKind.Person, arn);
    }

    private static Actor OfIdentityCenter(Field identity, string? arn)
    {
        var user = identity["onBehalfOf"]["userId"].Text ?? identity["principalId"].Text ?? "unknown";
        return new Actor($"sso/{user}", user, ActorKind.Person, arn);
    }

    // Somebody of another account: which of its people or roles, only that account can tell.
    private static Actor OfAccount(Field identity, string? arn) =>
        (identity["accountId"].Text ?? identity["principalId"].Text) is { } account
            ? new Actor($"account/{account}", $"account {account}", ActorKind.Unknown, arn)
            : Actor.Unknown;

    private static Actor Named(string prefix, Field identity, string? arn, ActorKind kind)
    {
        var name = identity["userName"].Text ?? identity["principalId"].Text ?? "unknown";
        return new Actor($"{prefix}/{name}", name, kind, arn);
    }

    // "AWS Internal" is how the console's own calls are signed; a service that calls for somebody says so in invokedBy.
    private static bool IsFromConsole(CloudTrailRecord record) =>
        record.FromConsole || (record.UserAgent == "AWS Internal" && !record.Identity["invokedBy"].IsPresent);

    private static Actor? OfService(CloudTrailRecord record) =>
        (ServiceName(record.Identity["invokedBy"].Text) ?? ServiceName(record.SourceIp)) is { } service
            ? new Actor($"service/{service}", service, ActorKind.AwsService, record.Identity["arn"].Text)
            : null;

    private static string? ServiceName(string? principal) =>
        principal is not null && principal.EndsWith(".amazonaws.com", StringComparison.Ordinal) && principal[0] != '.' ? principal[..^".amazonaws.com".Length] : null;

    // arn:aws:iam::…:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling
    private static string? ServiceLinkedTo(string role, string? issuerArn, string? invokedBy)
    {
        const string prefix = "AWSServiceRoleFor";
        const string path = ":role/aws-service-role/";
        if (!role.StartsWith(prefix, StringComparison.Ordinal) || role.Length == prefix.Length)
        {
            return null;
        }

        var at = issuerArn?.IndexOf(path, StringComparison.Ordinal) ?? -1;
        return (at < 0 ? null : ServiceName(issuerArn![(at + path.Length)..].Split('/')[0]))
            ?? ServiceName(invokedBy)
            ?? role[prefix.Length..].ToLowerInvariant();
    }

    // arn:aws:sts::111122223333:assumed-role/Developer/alice, AROAEXAMPLE:alice
    private static (string? Role, string? Session) RoleAndSession(string? arn, string? principalId)
    {
        const string marker = ":assumed-role/";
        var at = arn?.IndexOf(marker, StringComparison.Ordinal) ?? -1;
        if (at < 0)
        {
            var colon = principalId?.IndexOf(':', StringComparison.Ordinal) ?? -1;
            return (null, colon < 0 ? null : principalId![(colon + 1)..]);
        }

        var path = arn![(at + marker.Length)..];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (Told(path), null) : (Told(path[..slash]), Told(path[(slash + 1)..]));
    }

    private static string? Told(string text) => text.Length == 0 ? null : text;
}
