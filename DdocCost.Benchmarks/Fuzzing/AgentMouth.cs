using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using DdocCost.Protos.Agent.V1;
using Google.Protobuf;

namespace DdocCost.Benchmarks.Fuzzing;

/// <summary>
/// What an agent says over gRPC: enrolment, and a stream with an enrolled agent's credential, spoilt within the frames and in them. Whether a status of "unknown"
/// was an error of ours, the log tells.
/// </summary>
/// <param name="client">Speaks HTTP/2 with the application.</param>
internal sealed class AgentMouth(HttpClient client)
{
    private const string Service = "/ddoc.cost.agent.v1.AgentIntake/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentBag<string> _credentials = [];
    private long _sequence;

    /// <summary>Enrols and makes the mouth.</summary>
    public static async Task<FuzzMouth> OpenAsync(FuzzHost host)
    {
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = host.AgentAddress };
        var mouth = new AgentMouth(client);
        foreach (var token in host.AgentTokens)
        {
            using var request = Request("Enrol", Frame(new EnrolRequest { Token = token, HostName = "fuzz", AgentVersion = "1" }.ToByteArray()));
            using var answer = await client.SendAsync(request);
            mouth._credentials.Add(Credential.Parser.ParseFrom((await answer.Content.ReadAsByteArrayAsync()).AsSpan(5)).Secret);
        }

        return new FuzzMouth("agent", mouth.TryAsync);
    }

    private async Task<FuzzAnswer> TryAsync(Random random, CancellationToken cancellationToken)
    {
        var credential = _credentials.TryTake(out var own) ? own : ""; // of one agent only one stream stays open
        try
        {
            return await SendAsync(random, credential, cancellationToken);
        }
        finally
        {
            _credentials.Add(credential);
        }
    }

    private async Task<FuzzAnswer> SendAsync(Random random, string credential, CancellationToken cancellationToken)
    {
        var body = random.Next(10) switch
        {
            0 => Frame(Mutator.Spoil(new EnrolRequest { Token = "dde_abcdefghijkl_secret", HostName = "host", AgentVersion = "1" }.ToByteArray(), random)),
            1 => Mutator.Spoil(Stream(random, isSpoilt: false), random),
            _ => Stream(random, isSpoilt: true),
        };
        using var request = Request(random.Next(10) == 0 ? "Enrol" : "Forward", body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", random.Next(20) == 0 ? HttpMouths.Printable(Mutator.Spoil(credential, random)).Trim() : credential);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await client.SendAsync(request, limit.Token);
            var status = GrpcStatus(answer);
            return new FuzzAnswer($"grpc {status}", (int)answer.StatusCode >= 500 ? $"answered {(int)answer.StatusCode}, grpc-status {status}: {Text(answer)}" : null, body);
        }
        catch (HttpRequestException error) when (error.InnerException is IOException or HttpProtocolException || error.HttpRequestError is HttpRequestError.HttpProtocolError or HttpRequestError.ResponseEnded)
        {
            return new FuzzAnswer("reset", null, body);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new FuzzAnswer("no end", "the stream was not ended after its sender had ended", body);
        }
    }

    private byte[] Stream(Random random, bool isSpoilt)
    {
        var content = Mutator.Gzip(random.Next(2) == 0 ? Samples.Trails[0] : Mutator.Spoil(Samples.Trails[random.Next(Samples.Trails.Length)], random), random);
        Upstream[] messages =
        [
            new() { Hello = new Hello { AgentVersion = "1", SpoolId = "spool-1", FilterVersion = "" } }, new() { Health = new Health() },
            new() { Batch = new Batch { Sequence = (ulong)Interlocked.Increment(ref _sequence), Source = "folder:/x", Name = "a.json.gz", ReadUnixMilliseconds = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Content = ByteString.CopyFrom(content) } },
        ];
        var which = isSpoilt ? random.Next(messages.Length) : -1;
        return [.. messages.Index().SelectMany(message => Frame(message.Index == which ? Mutator.Spoil(message.Item.ToByteArray(), random) : message.Item.ToByteArray()))];
    }

    private static byte[] Frame(byte[] message)
    {
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    private static HttpRequestMessage Request(string method, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Service + method) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return request;
    }

    private static string GrpcStatus(HttpResponseMessage answer) =>
        answer.TrailingHeaders.TryGetValues("grpc-status", out var trailing) || answer.Headers.TryGetValues("grpc-status", out trailing) ? trailing.First() : ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);

    private static string Text(HttpResponseMessage answer) =>
        answer.TrailingHeaders.TryGetValues("grpc-message", out var trailing) || answer.Headers.TryGetValues("grpc-message", out trailing) ? trailing.First() : "";
}
