using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>End User Messaging: phone numbers and sender names by the month. Source: AWS End User Messaging SMS API reference.</summary>
internal static class SmsVoice
{
    private const string Number = "sms-voice:number";

    public static readonly Service Service = new("sms-voice",
        Starts("RequestPhoneNumber", Number, id: "phoneNumberId", size: "numberType"),
        Stops("ReleasePhoneNumber", Number, "phoneNumberId"));
}
