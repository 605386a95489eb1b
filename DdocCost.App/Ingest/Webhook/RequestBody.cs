using System.IO.Compression;
using DdocCost.Domain.Ingestion;

namespace DdocCost.App.Ingest.Webhook;

/// <summary>A request's body in memory, or why it is not taken.</summary>
/// <param name="Bytes">As sent; an outer <c>Content-Encoding: gzip</c> around something that is gzip itself is left on, the reader copes.</param>
/// <param name="Problem">Status and sentence where it is not taken.</param>
internal sealed record RequestBody(ReadOnlyMemory<byte> Bytes, (int Status, string Reason)? Problem)
{
    /// <summary>Reads to the end, up to the limits.</summary>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, IngestOptions limits, CancellationToken cancellationToken)
    {
        if (request.Headers.ContentEncoding.ToString() is not ("" or "identity" or "gzip"))
        {
            return Refused(StatusCodes.Status415UnsupportedMediaType, "The body is encoded in a way that is not read here; send it plain or gzipped.");
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limits.BodyTimeout);
        var buffer = new MemoryStream((int)Math.Min(request.ContentLength ?? 4096, limits.MaxBodyBytes));
        try
        {
            var chunk = new byte[32 * 1024];
            int read;
            while ((read = await request.Body.ReadAsync(chunk, timeout.Token)) > 0)
            {
                if (buffer.Length + read > limits.MaxBodyBytes)
                {
                    return TooLarge(limits);
                }

                buffer.Write(chunk, 0, read);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Refused(StatusCodes.Status408RequestTimeout, $"The body did not arrive within {limits.BodyTimeout.TotalSeconds:0} seconds.");
        }
        catch (BadHttpRequestException bad)
        {
            return Refused(bad.StatusCode, "The request's body broke off or came too slowly.");
        }

        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        return IsTooLargeUncompressed(bytes, limits.MaxPlainBytes)
            ? TooLargePlain(limits)
            : new RequestBody(bytes, null);
    }

    /// <summary>What is said of a body over the limit.</summary>
    public static RequestBody TooLarge(IngestOptions limits) =>
        Refused(StatusCodes.Status413PayloadTooLarge, $"The body has more than {limits.MaxBodyBytes:N0} bytes; send fewer records at a time.");

    /// <summary>What is said of a body over the limit for what it holds.</summary>
    public static RequestBody TooLargePlain(IngestOptions limits) =>
        Refused(StatusCodes.Status413PayloadTooLarge, $"Uncompressed the body has more than {limits.MaxPlainBytes:N0} bytes.");

    /// <summary>Its bytes without an outer gzip; as they are where that is damaged.</summary>
    public ReadOnlyMemory<byte> Plain()
    {
        if (Bytes.Length < 2 || Bytes.Span[0] != 0x1f || Bytes.Span[1] != 0x8b)
        {
            return Bytes;
        }

        try
        {
            var plain = new MemoryStream();
            using var gzip = new GZipStream(new MemoryStream(Bytes.ToArray(), writable: false), CompressionMode.Decompress);
            gzip.CopyTo(plain); // no larger than allowed: that was looked at when it was read
            return plain.GetBuffer().AsMemory(0, (int)plain.Length);
        }
        catch (InvalidDataException)
        {
            return Bytes;
        }
    }

    private static RequestBody Refused(int status, string reason) => new(default, (status, reason));

    private static bool IsTooLargeUncompressed(ReadOnlyMemory<byte> bytes, long limit)
    {
        if (bytes.Length < 2 || bytes.Span[0] != 0x1f || bytes.Span[1] != 0x8b)
        {
            return false; // not compressed, so as large as it is
        }

        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        return TrailReader.PlainBytes(stream, limit) > limit;
    }
}
