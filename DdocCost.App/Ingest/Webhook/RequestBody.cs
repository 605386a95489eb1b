using System.IO.Compression;
using System.Runtime.InteropServices;
using DdocCost.Domain.Ingestion;

namespace DdocCost.App.Ingest.Webhook;

/// <summary>A request's body in memory, or why it is not taken.</summary>
/// <param name="Bytes">As sent; an outer <c>Content-Encoding: gzip</c> around something that is gzip itself is left on, the reader copes.</param>
/// <param name="Problem">Status and sentence where it is not taken.</param>
internal sealed record RequestBody(ReadOnlyMemory<byte> Bytes, (int Status, string Reason)? Problem)
{
    /// <summary>How many bytes it has uncompressed; not known where it is not taken.</summary>
    public long PlainLength { get; private init; }

    private bool IsGzip => Bytes.Span is [0x1f, 0x8b, ..];

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

        var body = new RequestBody(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), null);
        var plain = body.IsGzip ? TrailReader.PlainBytes(body.Open(), limits.MaxPlainBytes) : body.Bytes.Length;
        return plain > limits.MaxPlainBytes ? TooLargePlain(limits) : body with { PlainLength = plain };
    }

    /// <summary>What is said of a body over the limit.</summary>
    public static RequestBody TooLarge(IngestOptions limits) =>
        Refused(StatusCodes.Status413PayloadTooLarge, $"The body has more than {limits.MaxBodyBytes:N0} bytes; send fewer records at a time.");

    /// <summary>What is said of a body over the limit for what it holds.</summary>
    public static RequestBody TooLargePlain(IngestOptions limits) =>
        Refused(StatusCodes.Status413PayloadTooLarge, $"Uncompressed the body has more than {limits.MaxPlainBytes:N0} bytes.");

    /// <summary>Its bytes as a stream, not copied.</summary>
    public MemoryStream Open() =>
        MemoryMarshal.TryGetArray(Bytes, out var array) ? new(array.Array!, array.Offset, array.Count, writable: false) : new(Bytes.ToArray(), writable: false);

    /// <summary>Its bytes without an outer gzip; as they are where that is damaged.</summary>
    public ReadOnlyMemory<byte> Plain()
    {
        if (!IsGzip)
        {
            return Bytes;
        }

        try
        {
            var plain = new MemoryStream((int)Math.Min(PlainLength, Array.MaxLength));
            using var gzip = new GZipStream(Open(), CompressionMode.Decompress);
            gzip.CopyTo(plain); // no larger than allowed: that was looked at when it was read
            return plain.GetBuffer().AsMemory(0, (int)plain.Length);
        }
        catch (InvalidDataException)
        {
            return Bytes;
        }
    }

    private static RequestBody Refused(int status, string reason) => new(default, (status, reason));
}
