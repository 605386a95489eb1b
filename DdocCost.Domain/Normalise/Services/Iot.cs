using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>AWS IoT rules, billed by message. Source: AWS IoT API reference.</summary>
internal static class Iot
{
    private const string Rule = "iot:rule";

    public static readonly Service Service = new("iot",
        Starts("CreateTopicRule", Rule, "ruleName"),
        Stops("DeleteTopicRule", Rule, "ruleName"));
}
