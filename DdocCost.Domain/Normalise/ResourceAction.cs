namespace DdocCost.Domain.Normalise;

/// <summary>What a record did to a resource that costs money.</summary>
public enum ResourceAction
{
    /// <summary>Nothing: the call was refused or a dry run. Kept as context, costs nothing.</summary>
    None = 0,

    /// <summary>
    /// Described something that others will refer to (an endpoint configuration, a launch template); costs nothing itself.
    /// </summary>
    Define,

    /// <summary>Started or created a resource that costs by the hour or month.</summary>
    Start,

    /// <summary>Changed the rate of a running resource.</summary>
    Change,

    /// <summary>Ended or lowered cost.</summary>
    Stop,

    /// <summary>Bought something for one sum (a reservation, a savings plan).</summary>
    OneTime,

    /// <summary>Gave other tags to a resource; costs nothing.</summary>
    Tag,

    /// <summary>Told a running resource's rate by newer list prices (a record of our own).</summary>
    Reprice,
}
