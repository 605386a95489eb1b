namespace DdocCost.App.Access;

/// <summary>Where to go after sign-in: only within this site, so that a crafted link cannot send a person elsewhere.</summary>
internal static class LocalAddress
{
    /// <summary>The address if it is a path of this site, else the overview.</summary>
    /// <remarks>Browsers read <c>//host</c> and <c>/\host</c> as another host, and drop tabs and line breaks inside.</remarks>
    public static string OrOverview(string? address) =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : "/";
}
