using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>WorkMail, by user and month. Source: Amazon WorkMail API reference.</summary>
internal static class WorkMail
{
    private const string Organization = "workmail:organization";
    private const string Mailbox = "workmail:mailbox";

    public static readonly Service Service = new("workmail",
        Starts("CreateOrganization", Organization, "organizationId"),
        Stops("DeleteOrganization", Organization, "organizationId"),
        Starts("RegisterToWorkMail", Mailbox, "entityId"),
        Stops("DeregisterFromWorkMail", Mailbox, "entityId"));
}
