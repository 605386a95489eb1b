namespace DdocCost.Tests.Ingestion.Reader;

/// <summary>Gives at most so many bytes a read, as a slow network does.</summary>
internal sealed class DrippingStream(byte[] bytes, int atOnce, bool canSeek = false) : MemoryStream(bytes)
{
    public override bool CanSeek => canSeek;

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(atOnce, buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(atOnce, count));
}
