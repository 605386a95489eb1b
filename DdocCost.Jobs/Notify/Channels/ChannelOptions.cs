using System.ComponentModel.DataAnnotations;

namespace DdocCost.Jobs.Notify.Channels;

/// <summary>Addresses of the services that channels talk to. Configuration section <c>Notify:Services</c>; other values are for tests and proxies.</summary>
public sealed class ChannelOptions
{
    /// <summary>Slack's Web API, without a slash at the end.</summary>
    /// <value>Default <c>https://slack.com/api</c>.</value>
    [Required, Url]
    public string Slack { get; set; } = "https://slack.com/api";

    /// <summary>PagerDuty's Events API of the United States, without a slash at the end.</summary>
    /// <value>Default <c>https://events.pagerduty.com</c>.</value>
    [Required, Url]
    public string PagerDuty { get; set; } = "https://events.pagerduty.com";

    /// <summary>PagerDuty's Events API of the European Union.</summary>
    /// <value>Default <c>https://events.eu.pagerduty.com</c>.</value>
    [Required, Url]
    public string PagerDutyEurope { get; set; } = "https://events.eu.pagerduty.com";

    /// <summary>File with the certificates (PEM) of authorities that are trusted for mail servers besides those that the system trusts.</summary>
    /// <value>Default none.</value>
    public string? MailAuthorities { get; set; }
}
