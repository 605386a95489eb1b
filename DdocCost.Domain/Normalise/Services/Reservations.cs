using System.Globalization;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Reserved capacity: RDS, ElastiCache, Redshift and OpenSearch answer a purchase with its price.</summary>
internal static class Reservations
{
    /// <summary>The price of one unit as the response tells it, for a person; null where it does not.</summary>
    public static string? Note(Field response) =>
        response["fixedPrice"].Amount is { } price
            ? string.Create(CultureInfo.InvariantCulture, $"USD {price} up front for each, for {response["duration"].Amount / 31_536_000m:0.#} years")
            : null;
}
