using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using DdocCost.App.Ingest.Push;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DdocCost.Tests.Ingest;

/// <summary>Signs messages as Amazon SNS does, with a certificate of its own that it serves, and counts confirmations.</summary>
public sealed class SnsStandIn : IAsyncDisposable
{
    public const string Topic = "arn:aws:sns:eu-west-1:111122223333:trail";

    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _server;

    public SnsStandIn()
    {
        _certificate = new CertificateRequest("CN=sns.amazonaws.com", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.MapGet("/SimpleNotificationService-{id}.pem", (string id) => id switch
        {
            "503" => Results.StatusCode(503),
            "gone" => Results.NotFound(),
            _ => Certificate(),
        });
        _server.MapGet("/", (string token) =>
        {
            Confirmed.Add(token);
            return Results.Ok();
        });
    }

    private IResult Certificate()
    {
        Interlocked.Increment(ref _fetched);
        return Results.Text(_certificate.ExportCertificatePem());
    }

    private int _fetched;

    /// <summary>How often the certificate was fetched; asking in vain for one that is not there does not count.</summary>
    public int Fetched => _fetched;

    /// <summary>Tokens of confirmed subscriptions.</summary>
    public ConcurrentBag<string> Confirmed { get; } = [];

    /// <summary>Its host and port.</summary>
    public string Host => new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Authority;

    public Task StartAsync() => _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
        _key.Dispose();
    }

    /// <summary>A notification.</summary>
    public byte[] Notification(string message, string version = "2", string topic = Topic, Action<Dictionary<string, string>>? tamper = null) => Signed(
        new() { ["Type"] = "Notification", ["MessageId"] = Guid.NewGuid().ToString(), ["TopicArn"] = topic, ["Subject"] = "a subject", ["Message"] = message, ["Timestamp"] = "2026-09-07T00:00:00.000Z" },
        ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"], version, tamper);

    /// <summary>A question whether we want to subscribe.</summary>
    public byte[] Confirmation(string token, Action<Dictionary<string, string>>? beforeSigning = null)
    {
        var fields = new Dictionary<string, string>
        {
            ["Type"] = "SubscriptionConfirmation", ["MessageId"] = "m", ["Token"] = token, ["TopicArn"] = Topic, ["Message"] = "You have chosen to subscribe.",
            ["SubscribeURL"] = $"http://{Host}/?token={token}", ["Timestamp"] = "2026-09-07T00:00:00.000Z",
        };
        beforeSigning?.Invoke(fields);
        return Signed(fields, ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"], "1", null);
    }

    private byte[] Signed(Dictionary<string, string> fields, string[] covered, string version, Action<Dictionary<string, string>>? tamper)
    {
        var text = string.Concat(covered.Where(fields.ContainsKey).Select(name => $"{name}\n{fields[name]}\n"));
        var algorithm = version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        fields["SignatureVersion"] = version;
        fields["Signature"] = Convert.ToBase64String(_key.SignData(Encoding.UTF8.GetBytes(text), algorithm, RSASignaturePadding.Pkcs1));
        fields["SigningCertURL"] = $"http://{Host}/SimpleNotificationService-1.pem";
        tamper?.Invoke(fields);
        return JsonSerializer.SerializeToUtf8Bytes(fields);
    }

    /// <summary>Makes a request one that SNS sends to a source.</summary>
    internal static Action<HttpRequestMessage> From(PushSource source) => request =>
    {
        request.RequestUri = new Uri($"/ingest/v1/cloudtrail?source={source.Id}", UriKind.Relative);
        request.Headers.Add("x-amz-sns-message-type", "Notification");
    };
}
