using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>VPC Lattice services, by the hour. Source: Amazon VPC Lattice API reference.</summary>
internal static class VpcLattice
{
    private const string Lattice = "vpc-lattice:service";
    private const string Association = "vpc-lattice:association";

    public static readonly Service Service = new("vpc-lattice",
        Starts("CreateService", Lattice, (record, changes) => changes.Add(id: record.Response["id"].Text)),
        Stops("DeleteService", Lattice, "serviceIdentifier"),
        Starts("CreateServiceNetworkVpcAssociation", Association, "id"),
        Stops("DeleteServiceNetworkVpcAssociation", Association, "serviceNetworkVpcAssociationIdentifier"));
}
