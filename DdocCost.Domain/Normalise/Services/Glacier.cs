using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Glacier vaults, billed by what they hold, and retrieval capacity, billed by the month. Source: S3 Glacier API reference.
/// </summary>
internal static class Glacier
{
    private const string Vault = "glacier:vault";
    private const string Retrieval = "glacier:retrieval";
    private const string Provisioned = "glacier:provisioned-capacity";

    public static readonly Service Service = new("glacier",
        Starts("CreateVault", Vault, "vaultName"),
        Stops("DeleteVault", Vault, "vaultName"),
        Starts("InitiateJob", Retrieval, "jobId"),
        Buys("PurchaseProvisionedCapacity", Provisioned, (record, changes) => changes.Add(id: record.Response["capacityId"].Text)));
}
