using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Access;

/// <summary>Whose word about a caller's address and scheme is taken: limits and logs go by it.</summary>
internal static class TrustedProxies
{
    /// <summary>This machine, or what <see cref="AccessOptions.TrustedProxies"/> names instead.</summary>
    public static void AddTrustedProxies(this IServiceCollection services) =>
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<AccessOptions>>((forwarded, access) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            if (access.Value.TrustedProxies.Count == 0)
            {
                return;
            }

            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var text in access.Value.TrustedProxies)
            {
                forwarded.KnownIPNetworks.Add(Parse(text) ?? throw new OptionsValidationException(
                    nameof(AccessOptions.TrustedProxies), typeof(AccessOptions), [$"Access:TrustedProxies: {text} is neither an address nor a network such as 10.0.0.0/8."]));
            }
        });

    private static System.Net.IPNetwork? Parse(string text) => IPAddress.TryParse(text, out var address)
        ? new System.Net.IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)
        : System.Net.IPNetwork.TryParse(text, out var network) ? network : null;
}
