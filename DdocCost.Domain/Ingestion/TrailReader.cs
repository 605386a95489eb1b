namespace DdocCost.Domain.Ingestion;

/// <summary>Finds the CloudTrail records in a delivery, whatever envelope they come in, streaming once and without building a tree.</summary>
public static class TrailReader
{
    /// <summary>Reads one delivery to its end and hands what it finds to the receiver.</summary>
    /// <param name="delivery">The bytes as they came, gzipped or not.</param>
    /// <param name="name">File path or object key, for remarks; also used to learn the account from an <c>AWSLogs/</c> layout.</param>
    /// <param name="receiver">Takes records, rejects and remarks.</param>
    public static void Read(Stream delivery, string name, ITrailReceiver receiver) => throw new NotImplementedException();
}
