using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Kinesis video streams, billed by what goes in and is kept. Source: Amazon Kinesis Video Streams API reference.</summary>
internal static class KinesisVideo
{
    private const string Stream = "kinesisvideo:stream";

    public static readonly Service Service = new("kinesisvideo",
        Starts("CreateStream", Stream, "streamARN"),
        Stops("DeleteStream", Stream, "streamARN"));
}
