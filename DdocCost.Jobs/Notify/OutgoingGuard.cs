using System.Net;
using System.Net.Sockets;

namespace DdocCost.Jobs.Notify;

/// <summary>Resolves a name, connects to it, and refuses internal addresses; for every protocol, mail included.</summary>
/// <param name="allowed">Networks such as <c>10.1.0.0/16</c>, addresses, and host names that may be reached although they are internal.</param>
public sealed class OutgoingGuard(IReadOnlyList<string> allowed)
{
    // IANA special-purpose address registries, RFC 6890 with its successors: everything that is not globally reachable.
    private static readonly IPNetwork[] Internal =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private readonly HashSet<string> _names = new(allowed, StringComparer.OrdinalIgnoreCase);

    private readonly IPNetwork[] _networks = [.. allowed.Select(Network).OfType<IPNetwork>()];

    /// <summary>Whether a connection to an address of a host is let through.</summary>
    public bool Allows(string host, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(Internal, network => network.Contains(plain)) || _names.Contains(host) || Array.Exists(_networks, network => network.Contains(plain));
    }

    /// <summary>Connects to the first address that answers.</summary>
    /// <exception cref="InternalAddressException">An address of the host is internal and not allowed; nothing was sent there.</exception>
    /// <exception cref="SocketException">The name does not resolve, or nobody answers.</exception>
    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        if (Array.Find(addresses, address => !Allows(host, address)) is { } refused)
        {
            throw new InternalAddressException(host, refused);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
        : null;
}
