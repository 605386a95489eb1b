using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>KMS keys of the customer, billed by the month. Source: AWS KMS API reference; a CloudTrail record of each call.</summary>
internal static class Kms
{
    private const string Key = "kms:key";
    private const string Store = "kms:custom-key-store";

    public static readonly Service Service = new("kms",
        Starts("CreateKey", Key, id: "keyId", part: "keyMetadata"),
        Starts("CancelKeyDeletion", Key, (record, changes) => changes.Add(id: Ids.Tail(record["keyId"].Text))),
        Stops("ScheduleKeyDeletion", Key, (record, changes) => changes.Add(id: Ids.Tail(record["keyId"].Text))),
        Starts("ReplicateKey", Key, "keyId", part: "replicaKeyMetadata"),
        Starts("CreateCustomKeyStore", Store, "customKeyStoreId"),
        Stops("DeleteCustomKeyStore", Store, "customKeyStoreId"));
}
