using System.ComponentModel.DataAnnotations;

namespace DdocCost.App.Access.OpenId;

/// <summary>Sign-in with an OpenID Connect provider. Section <c>Access:OpenId</c>; docs/sign-in.md has the settings for Cognito, Keycloak and Entra.</summary>
public sealed class OpenIdOptions : IValidatableObject
{
    /// <summary>Where its discovery document begins, such as <c>https://login.example.com/realms/company</c>.</summary>
    /// <value>Default null: off. <c>https</c>, or <c>http</c> on this machine.</value>
    public string? Authority { get; set; }

    /// <summary>Our name there.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Our secret there; empty for a public client, which PKCE protects.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the button on the sign-in page calls it.</summary>
    /// <value>Default <c>single sign-on</c>.</value>
    [StringLength(60)]
    public string Title { get; set; } = "single sign-on";

    /// <summary>Scopes asked for beside <c>openid</c>, between blanks.</summary>
    /// <value>Default <c>profile email</c>.</value>
    public string Scopes { get; set; } = "profile email";

    /// <summary>The claim with a person's groups.</summary>
    /// <value>Default <c>groups</c>. Cognito says <c>cognito:groups</c>; Entra's application roles are in <c>roles</c>.</value>
    [Required]
    public string GroupClaim { get; set; } = "groups";

    /// <summary>Groups whose people are administrators here, as the claim writes them; <c>*</c> for everybody.</summary>
    public IList<string> AdministratorGroups { get; } = [];

    /// <summary>Groups whose people are responders.</summary>
    public IList<string> ResponderGroups { get; } = [];

    /// <summary>Groups whose people are viewers. Who is in no group of these lists does not get in.</summary>
    public IList<string> ViewerGroups { get; } = [];

    /// <summary>The tenant whose data they see.</summary>
    /// <value>Default null: that of <c>Access:Tenant</c>.</value>
    public string? Tenant { get; set; }

    /// <summary>The sign-in page offers no password; who has one still gets in at <c>/sign-in?local=true</c>, should the provider be away.</summary>
    public bool HidePasswords { get; set; }

    /// <summary>Whether it is on.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(Authority);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
        {
            yield break;
        }

        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            yield return new("Access:OpenId:Authority must be an https address: tokens come from there.", [nameof(Authority)]);
        }

        if (string.IsNullOrWhiteSpace(ClientId))
        {
            yield return new("Access:OpenId:ClientId is missing: the provider does not know us without it.", [nameof(ClientId)]);
        }

        if (AdministratorGroups.Count + ResponderGroups.Count + ViewerGroups.Count == 0)
        {
            yield return new("Access:OpenId names no group (AdministratorGroups, ResponderGroups, ViewerGroups): nobody would get in.", [nameof(ViewerGroups)]);
        }
    }

    /// <summary>The highest role of a person's groups; null where none is named.</summary>
    public AccessRole? RoleOf(IReadOnlyCollection<string> groups)
    {
        bool Has(IList<string> named) => named.Any(group => group == "*" || groups.Contains(group));
        return Has(AdministratorGroups) ? AccessRole.Administrator : Has(ResponderGroups) ? AccessRole.Responder : Has(ViewerGroups) ? AccessRole.Viewer : null;
    }
}
