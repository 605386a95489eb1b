using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Systems Manager: advanced parameters and advanced on-premises instances. Source: AWS Systems Manager API reference.</summary>
internal static class SystemsManager
{
    private const string Parameter = "ssm:advanced-parameter";
    private const string Tier = "ssm:service-setting";

    public static readonly Service Service = new("ssm",
        Starts("PutParameter", Parameter, (record, changes) =>
        {
            if (record.Response["tier"].Or(record.Request["tier"]).Text == "Advanced")
            {
                changes.Add(id: record.Request["name"].Text);
            }
        }),
        Changes("UpdateServiceSetting", Tier, (record, changes) => changes.Add(id: record.Request["settingId"].Text, size: record.Request["settingValue"].Text)));
}
