namespace DdocCost.App.Ingest.Webhook;

/// <summary>A signature that was used; the same request must not be taken twice. Document, kept as long as its time would be accepted.</summary>
/// <param name="Id">Source and signature.</param>
/// <param name="Until">When it may be forgotten, UTC.</param>
internal sealed record SeenSignature(string Id, DateTimeOffset Until);
