namespace DdocCost.App.Ingest.Push;

/// <summary>Why something that a source sent was refused last; kept for a person to see. Document of the source's tenant.</summary>
/// <param name="Id">The source's or agent's id.</param>
/// <param name="At">When, UTC; at most one is kept each ten seconds.</param>
/// <param name="Reason">One sentence.</param>
public sealed record PushTrouble(string Id, DateTimeOffset At, string Reason);
