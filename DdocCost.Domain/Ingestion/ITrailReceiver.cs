namespace DdocCost.Domain.Ingestion;

/// <summary>Takes what <see cref="TrailReader"/> finds in a delivery, in the order of the delivery.</summary>
public interface ITrailReceiver
{
    /// <summary>A readable CloudTrail record. The record must not be kept beyond the call.</summary>
    void Accept(in RawRecord record);

    /// <summary>Something that could not be read as a CloudTrail record; reading goes on behind it where possible.</summary>
    void Reject(RejectedRecord rejected);

    /// <summary>A remark about the delivery as a whole, such as "digest file, left alone". At most a few per delivery.</summary>
    void Note(string remark);
}
