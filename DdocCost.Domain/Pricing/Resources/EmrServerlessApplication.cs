namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Workers that an EMR Serverless application keeps ready while it is started.</summary>
internal static class EmrServerlessApplication
{
    public static Bill Price(Bill bill) => (bill.Size, bill.Traits) switch
    {
        ("on-demand", _) => bill.Unpriced("billed by use: the vCPU and memory of its workers"),
        (_, { VCpu: { } vcpus, MemoryGib: { } gib }) => bill
            .Add("emr", "serverless vcpu x86", vcpus * bill.Units)
            .Add("emr", "serverless memory x86", gib * bill.Units)
            .Remark("at least: the capacity kept ready"),
        _ => bill.Unpriced("the capacity kept ready is not known: the application was not seen being made"),
    };
}
