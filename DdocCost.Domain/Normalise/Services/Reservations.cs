namespace DdocCost.Domain.Normalise.Services;

/// <summary>Reserved capacity: RDS, ElastiCache, Redshift and OpenSearch answer a purchase with its price.</summary>
internal static class Reservations
{
    /// <summary>Adds a purchase; prices are of one unit in the record and of all units in the change.</summary>
    /// <param name="changes">Where to.</param>
    /// <param name="response">Where AWS tells fixedPrice (paid at once) and recurringCharges (by the hour).</param>
    /// <param name="size">Size of what is reserved.</param>
    /// <param name="quantity">How many units.</param>
    /// <param name="id">Id of the reservation.</param>
    public static void Add(ChangeList changes, Field response, Field size, Field quantity, Field id)
    {
        var units = quantity.Amount ?? 1;
        changes.Add(
            size: size.Text, quantity: units, id: id.Text,
            paidUsd: response["fixedPrice"].Amount * units,
            committedUsdPerHour: Hourly(response) * units,
            note: response["fixedPrice"].IsPresent ? null : "the record does not tell the price");
    }

    private static decimal? Hourly(Field response)
    {
        foreach (var charge in response["recurringCharges"].Items)
        {
            if (string.Equals(charge["recurringChargeFrequency"].Text, "Hourly", StringComparison.OrdinalIgnoreCase))
            {
                return charge["recurringChargeAmount"].Amount;
            }
        }

        return null;
    }
}
