using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Outposts, ordered for years. Source: AWS Outposts API reference.</summary>
internal static class Outposts
{
    public static readonly Service Service = new("outposts",
        Buys("CreateOrder", "outposts:order", (record, changes) => changes.Add(id: record.Response["order"]["orderId"].Text)));
}
