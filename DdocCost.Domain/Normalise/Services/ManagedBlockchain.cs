using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Managed Blockchain: networks by membership, nodes by instance. Source: Amazon Managed Blockchain API reference.</summary>
internal static class ManagedBlockchain
{
    private const string Member = "managedblockchain:member";
    private const string Node = "managedblockchain:node";
    private const string Accessor = "managedblockchain:accessor";

    public static readonly Service Service = new("managedblockchain",
        Starts("CreateNetwork", Member, (record, changes) => changes.Add(
            size: Edition(record.Request), id: record["memberId"].Or(record.Response["networkId"]).Text)),
        Starts("CreateMember", Member, (record, changes) => changes.Add(id: record.Response["memberId"].Text)),
        Stops("DeleteMember", Member, "memberId"),
        Starts("CreateNode", Node, (record, changes) => changes.Add(
            size: record.Request["nodeConfiguration"]["instanceType"].Text, id: record.Response["nodeId"].Text)),
        Stops("DeleteNode", Node, "nodeId"),
        Starts("CreateAccessor", Accessor, "accessorId"),
        Stops("DeleteAccessor", Accessor, "accessorId"));

    private static string? Edition(Field asked) => asked["frameworkConfiguration"]["fabric"]["edition"].Text?.ToLowerInvariant();
}
