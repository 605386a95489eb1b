using System.Globalization;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;

namespace DdocCost.Tests.Ledger;

/// <summary>Makes resource events of one account, one minute apart unless told otherwise.</summary>
internal sealed class Trail
{
    public const string Account = "111122223333";
    public static readonly DateTimeOffset Start = new(2026, 9, 7, 8, 0, 0, TimeSpan.Zero);

    private int count;

    public ResourceLedger Ledger { get; private set; } = new(Account, [], [], []);

    public CostedEvent Apply(string eventName, ResourceAction action, string type, string? size = null, decimal quantity = 1, string[]? ids = null,
        ResourceTraits? traits = null, string? definition = null, string? previousSize = null, string? owner = null, double? minute = null, string actor = "alice", decimal? paid = null) =>
        Apply(minute, eventName, actor, new ResourceChange
        {
            Action = action,
            ResourceType = type,
            Size = size,
            Quantity = quantity,
            ResourceIds = ids ?? [],
            Traits = traits ?? ResourceTraits.None,
            Definition = definition,
            PreviousSize = previousSize,
            Owner = owner,
            PaidUsd = paid,
        });

    public CostedEvent Apply(double? minute, string eventName, string actor, params ResourceChange[] changes) =>
        Ledger.Apply(Event(++count, minute ?? count, eventName, actor, changes));

    public CostedEvent Launch(string size, params string[] ids) => Apply("RunInstances", ResourceAction.Start, "ec2:instance", size, ids.Length, ids);

    public CostedEvent Terminate(params string[] ids) => Apply("TerminateInstances", ResourceAction.Stop, "ec2:instance", quantity: ids.Length, ids: ids);

    /// <summary>Anything that costs nothing, to let time pass.</summary>
    public CostedEvent Pass(double minute) => Apply("RunInstances", ResourceAction.None, "ec2:instance", "t3.micro", minute: minute);

    public static ResourceEvent Event(int number, double minute, string eventName, string actor, params ResourceChange[] changes)
    {
        var id = new Guid(number, 0, 0, new byte[8]);
        return new ResourceEvent
        {
            Key = id,
            EventId = id.ToString(),
            Time = Start.AddMinutes(minute),
            AccountId = Account,
            Region = "us-east-1",
            Service = changes[0].ResourceType[..changes[0].ResourceType.IndexOf(':', StringComparison.Ordinal)],
            EventName = eventName,
            Actor = new Actor(string.Create(CultureInfo.InvariantCulture, $"user/{actor}"), actor, ActorKind.Person, null),
            Action = changes[0].Action,
            Changes = changes,
        };
    }
}
