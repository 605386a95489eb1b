namespace DdocCost.Domain.Pricing.Resources;

/// <summary>On-demand capacity reservations: billed as the instances they are kept for, whether these run or not.</summary>
internal static class Ec2Reservation
{
    public static Bill Price(Bill bill) => Ec2Instance.Price(bill).Remark("instances that run in it are not billed again");
}
