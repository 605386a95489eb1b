using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Tests.Scoring;

/// <summary>Builds costed events: alice starts one m5.large in eu-west-1 on Monday, 7 September 2026, unless told otherwise.</summary>
internal sealed record Happening
{
    public const string Account = "123456789012";

    public static readonly DateTimeOffset Monday = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);

    public string Id { get; init; } = "event";

    public DateTimeOffset Time { get; init; } = Monday;

    public string Actor { get; init; } = "role/Developer/alice";

    public ActorKind Kind { get; init; } = ActorKind.Person;

    public string Type { get; init; } = "ec2:instance";

    public string? Size { get; init; } = "m5.large";

    public decimal Quantity { get; init; } = 1;

    public string Region { get; init; } = "eu-west-1";

    public ResourceAction Action { get; init; } = ResourceAction.Start;

    public decimal UsdPerHour { get; init; } = 0.1m;

    public decimal OneTimeUsd { get; init; }

    public double? MaxHours { get; init; }

    public decimal Exposure { get; init; }

    public IReadOnlyList<StoppedResource> Stopped { get; init; } = [];

    public CostedEvent ToCostedEvent() => new()
    {
        Event = new ResourceEvent
        {
            Key = new Guid(System.IO.Hashing.XxHash128.Hash(System.Text.Encoding.UTF8.GetBytes(Id))),
            EventId = Id,
            Time = Time,
            AccountId = Account,
            Region = Region,
            Service = Type.Split(':')[0],
            EventName = Action.ToString(),
            Actor = new Actor(Actor, Actor.Split('/')[^1], Kind, null),
            Action = Action,
            Changes = [new ResourceChange { Action = Action, ResourceType = Type, Size = Size, Quantity = Quantity, ResourceIds = [$"i-{Id}"] }],
        },
        UsdPerHour = UsdPerHour,
        OneTimeUsd = OneTimeUsd,
        MaxHours = MaxHours,
        Cost = Cost.Unpriced("test"),
        ExposureAfterUsdPerHour = Exposure,
        Stopped = Stopped,
    };

    /// <summary>The stop of what another event started.</summary>
    public static Happening StopOf(Happening start, DateTimeOffset time) => start with
    {
        Id = start.Id + "-stop",
        Time = time,
        Action = ResourceAction.Stop,
        UsdPerHour = -start.UsdPerHour,
        Stopped = [new StoppedResource($"i-{start.Id}", start.UsdPerHour, start.Id) { Since = start.Time, StartedByActor = start.Actor }],
    };
}
