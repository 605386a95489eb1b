using System.ComponentModel.DataAnnotations;

namespace DdocCost.App.Access;

/// <summary>Who gets in. Section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>The tenant that the setup page's administrator belongs to.</summary>
    /// <value>Default <c>default</c>; 1 to 100 characters.</value>
    [Required, StringLength(100)]
    public string Tenant { get; set; } = "default";

    /// <summary>The one-time code that the setup page asks for; for unattended installs that want to know the link beforehand.</summary>
    /// <value>Default null: a random one, printed at start while there is no user. Otherwise at least 16 characters.</value>
    [MinLength(16)]
    public string? SetupCode { get; set; }

    /// <summary>Attempts to sign in or set up from one address a minute.</summary>
    /// <value>Default 10. From 1 to 1,000.</value>
    [Range(1, 1000)]
    public int AttemptsPerMinute { get; set; } = 10;
}
