using System.ComponentModel.DataAnnotations;

namespace DdocCost.App.Access;

/// <summary>Who gets in. Section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>The tenant that the setup page's administrator belongs to; its administrators also look after the installation as a whole.</summary>
    /// <value>Default <c>default</c>; 1 to 100 characters.</value>
    [Required, StringLength(100)]
    public string Tenant { get; set; } = "default";

    /// <summary>The one-time code that the setup page asks for; for unattended installs that want to know the link beforehand.</summary>
    /// <value>Default null: a random one, printed at start while there is no user. Otherwise at least 16 characters.</value>
    [MinLength(16)]
    public string? SetupCode { get; set; }

    /// <summary>Attempts to sign in, set up or use a one-time link from one address a minute.</summary>
    /// <value>Default 10. From 1 to 1,000.</value>
    [Range(1, 1000)]
    public int AttemptsPerMinute { get; set; } = 10;

    /// <summary>Calls of the API from one token a minute.</summary>
    /// <value>Default 600. From 1 to 100,000.</value>
    [Range(1, 100_000)]
    public int ApiCallsPerMinute { get; set; } = 600;

    /// <summary>How long an invitation or a reset link is good.</summary>
    /// <value>Default one day. From 10 minutes to 7 days.</value>
    [Range(typeof(TimeSpan), "00:10:00", "7.00:00:00")]
    public TimeSpan LinkLife { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a browser stays signed in without being used.</summary>
    /// <value>Default 7 days. From 10 minutes to 30 days.</value>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan SessionLife { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a signed token of the API is good.</summary>
    /// <value>Default 10 minutes. From 1 minute to an hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan ApiSignInLife { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a program that signed in with a password can go on without a new sign-in.</summary>
    /// <value>Default 14 days. From an hour to 90 days.</value>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan RefreshLife { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long a key signs tokens before the next one does.</summary>
    /// <value>Default 30 days. From an hour to a year.</value>
    [Range(typeof(TimeSpan), "01:00:00", "366.00:00:00")]
    public TimeSpan SigningKeyLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose word about a caller's address is taken.</summary>
    /// <value>Default none but this machine; once any is named, only those.</value>
    public IList<string> TrustedProxies { get; } = [];
}
