using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Storage Gateway, billed by what is written and kept. Source: AWS Storage Gateway API reference.</summary>
internal static class StorageGateway
{
    private const string Gateway = "storagegateway:gateway";
    private const string Volume = "storagegateway:volume";
    private const string Share = "storagegateway:file-share";
    private const string Tape = "storagegateway:tape";

    public static readonly Service Service = new("storagegateway",
        Starts("ActivateGateway", Gateway, "gatewayARN"),
        Stops("DeleteGateway", Gateway, "gatewayARN"),
        Starts("CreateCachediSCSIVolume", Volume, "volumeARN"),
        Starts("CreateStorediSCSIVolume", Volume, "volumeARN"),
        Stops("DeleteVolume", Volume, "volumeARN"),
        Starts("CreateTapes", Tape, (record, changes) => changes.Add(ids: Ids.Of(record.Response["tapeARNs"]), quantity: record.Request["numTapesToCreate"].Amount)),
        Stops("DeleteTape", Tape, "tapeARN"),
        Starts("CreateNFSFileShare", Share, "fileShareARN"),
        Starts("CreateSMBFileShare", Share, "fileShareARN"),
        Stops("DeleteFileShare", Share, "fileShareARN"));
}
