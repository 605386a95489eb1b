using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Secrets, billed by the month. Source: AWS Secrets Manager API reference; a CloudTrail record of each call.</summary>
internal static class SecretsManager
{
    private const string Secret = "secretsmanager:secret";

    public static readonly Service Service = new("secretsmanager",
        Starts("CreateSecret", Secret, (record, changes) => changes.Add(id: record["arn"].Or(record.Request["name"]).Text)),
        Starts("RestoreSecret", Secret, (record, changes) => changes.Add(id: record["arn"].Or(record.Request["secretId"]).Text)),
        Stops("DeleteSecret", Secret, (record, changes) => changes.Add(id: record["arn"].Or(record.Request["secretId"]).Text)),
        Starts("ReplicateSecretToRegions", Secret, (record, changes) =>
        {
            var secret = record["arn"].Or(record.Request["secretId"]).Text;
            foreach (var replica in record.Request["addReplicaRegions"].Items)
            {
                changes.Add(id: Ids.Within(secret, replica["region"].Text));
            }
        }));
}
