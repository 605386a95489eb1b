using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Service Catalog products, as the cause of what they make. Source: AWS Service Catalog API reference.</summary>
internal static class ServiceCatalog
{
    private const string Product = "servicecatalog:provisioned-product";

    public static readonly Service Service = new("servicecatalog",
        Starts("ProvisionProduct", Product, "provisionedProductName"),
        Changes("UpdateProvisionedProduct", Product, (record, changes) => changes.Add(
            id: record.Request["provisionedProductName"].Or(record.Request["provisionedProductId"]).Text)),
        Stops("TerminateProvisionedProduct", Product, (record, changes) => changes.Add(
            id: record.Request["provisionedProductName"].Or(record.Request["provisionedProductId"]).Text)));
}
