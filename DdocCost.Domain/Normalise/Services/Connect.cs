using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Amazon Connect, billed by the minute, and its phone numbers, billed by the day. Source: Amazon Connect API reference; a CloudTrail
/// record of most calls.
/// </summary>
internal static class Connect
{
    private const string Centre = "connect:instance";
    private const string Number = "connect:phone-number";

    public static readonly Service Service = new("connect",
        Starts("CreateInstance", Centre, "id"),
        Stops("DeleteInstance", Centre, "instanceId"),
        Starts("ClaimPhoneNumber", Number, "phoneNumberId"),
        Stops("ReleasePhoneNumber", Number, "phoneNumberId"));
}
