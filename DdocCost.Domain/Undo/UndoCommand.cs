namespace DdocCost.Domain.Undo;

/// <summary>One way to end the cost of some running resources: text for a person to read, check and run. We never run it.</summary>
/// <param name="Title">What it does, such as "Stop 16 instances".</param>
/// <param name="AccountId">Whose credentials it needs.</param>
/// <param name="Command">Lines for a POSIX shell with the AWS command line interface, safely quoted.</param>
/// <param name="Loses">What is lost by it, one sentence.</param>
/// <param name="IsReversible">Whether what it ends can be started again with its data.</param>
/// <param name="ResourceIds">Ids it acts on.</param>
public sealed record UndoCommand(string Title, string AccountId, string Command, string Loses, bool IsReversible, IReadOnlyList<string> ResourceIds);

/// <summary>How to end what runs.</summary>
/// <param name="Commands">Gentle ones before final ones within each kind of resource.</param>
/// <param name="Without">Resources for which no command can be given safely, with the reason.</param>
public sealed record UndoPlan(IReadOnlyList<UndoCommand> Commands, IReadOnlyList<UndoGap> Without);

/// <summary>A resource we have no command for.</summary>
/// <param name="ResourceId">Its id.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record UndoGap(string ResourceId, string Reason);
