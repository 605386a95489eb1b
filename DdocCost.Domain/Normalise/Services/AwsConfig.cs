using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// AWS Config, billed by what it records and evaluates. Source: AWS Config API reference; a CloudTrail record of most calls.
/// </summary>
internal static class AwsConfig
{
    private const string Recorder = "config:recorder";
    private const string Rule = "config:rule";
    private const string Pack = "config:conformance-pack";

    public static readonly Service Service = new("config",
        Starts("PutConfigurationRecorder", Recorder, (record, changes) => changes.Add(id: record.Request["configurationRecorder"]["name"].Text)),
        Starts("StartConfigurationRecorder", Recorder, "configurationRecorderName"),
        Stops("StopConfigurationRecorder", Recorder, "configurationRecorderName"),
        Stops("DeleteConfigurationRecorder", Recorder, "configurationRecorderName"),
        Starts("PutConfigRule", Rule, (record, changes) => changes.Add(id: record.Request["configRule"]["configRuleName"].Text)),
        Stops("DeleteConfigRule", Rule, "configRuleName"),
        Starts("PutOrganizationConfigRule", Rule, "organizationConfigRuleName"),
        Stops("DeleteOrganizationConfigRule", Rule, "organizationConfigRuleName"),
        Starts("PutConformancePack", Pack, "conformancePackName"),
        Stops("DeleteConformancePack", Pack, "conformancePackName"),
        Starts("PutOrganizationConformancePack", Pack, "organizationConformancePackName"),
        Stops("DeleteOrganizationConformancePack", Pack, "organizationConformancePackName"));
}
