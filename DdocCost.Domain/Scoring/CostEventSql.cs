namespace DdocCost.Domain.Scoring;

/// <summary>Conditions on cost events in SQL, and values of theirs, that have an index of their own: a query uses it only where it says the same in the same words.</summary>
/// <remarks>By path: each <c>-&gt;</c> of a chain would copy what is below it, for each of these indexes and each event that is stored.</remarks>
public static class CostEventSql
{
    /// <summary>Without a rate: no price is known, or it was paid at once.</summary>
    public const string Unpriced = "data #>> '{costed,usdPerHour}'::text[] IS NULL";

    /// <summary>AWS refused the call.</summary>
    public const string Refused = "data #>> '{costed,event,errorCode}'::text[] IS NOT NULL";

    /// <summary>Who did it: the actor's id.</summary>
    public const string Actor = "data #>> '{costed,event,actor,id}'::text[]";
}
