using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Notify;

/// <summary>
/// The one way out over HTTP for addresses that people enter: connects only to public addresses (and to what
/// <see cref="NotifyOptions.AllowedInternal"/> names), follows no redirect, uses no proxy of the environment.
/// </summary>
/// <remarks>
/// The address is checked at the moment of connecting, after the name was resolved, so a name that points inside later gains nothing (DNS
/// rebinding). See OWASP, Server-Side Request Forgery Prevention.
/// </remarks>
public sealed class OutgoingHttp : IDisposable
{
    private readonly OutgoingGuard _guard;

    /// <summary>Builds the client that all HTTP adapters share.</summary>
    public OutgoingHttp(IOptions<NotifyOptions> options)
    {
        _guard = new OutgoingGuard(options.Value.AllowedInternal);
        Client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // addresses change
            MaxConnectionsPerServer = 32,
            MaxResponseHeadersLength = 32,
        })
        {
            Timeout = options.Value.AttemptTimeout,
            MaxResponseContentBufferSize = 256 * 1024,
        };
        Client.DefaultRequestHeaders.UserAgent.ParseAdd("dd0c-cost");
    }

    /// <summary>The client. A refused address is an <see cref="HttpRequestException"/> around an <see cref="InternalAddressException"/>.</summary>
    public HttpClient Client { get; }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        new NetworkStream(await _guard.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken), ownsSocket: true);
}

/// <summary>An address inside this network that nobody has allowed.</summary>
public sealed class InternalAddressException(string host, IPAddress address) : Exception(
    $"{host} leads to {address}, which is an internal address. Add it to Notify:AllowedInternal if messages may go there.");
