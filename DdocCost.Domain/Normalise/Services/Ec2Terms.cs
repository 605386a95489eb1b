namespace DdocCost.Domain.Normalise.Services;

/// <summary>Words of the EC2 API in the terms that prices are told in.</summary>
internal static class Ec2Terms
{
    /// <summary>Type of a launch template's definition.</summary>
    public const string Template = "ec2:launch-template";

    /// <summary>The definition a launch refers to, by the template's id or name and the version; null where it refers to none.</summary>
    public static string? TemplateName(Field template) =>
        template["launchTemplateId"].Or(template["launchTemplateName"]).Text is { } name ? TemplateName(name, template["version"].Text) : null;

    /// <summary><c>ec2:launch-template/lt-1:3</c>; the default version has no number.</summary>
    public static string TemplateName(string name, string? version) =>
        version is null or "$Default" ? $"{Template}/{name}" : $"{Template}/{name}:{version}";

    /// <summary>default, dedicated or host; null where the record does not tell.</summary>
    public static string? Tenancy(string? tenancy) => tenancy switch
    {
        null => null,
        "dedicated" => "dedicated",
        "host" => "host",
        _ => "default",
    };

    /// <summary>platform ("windows") or platformDetails ("Windows with SQL Server Standard") as what has a price of its own.</summary>
    public static string? Platform(string? platform) => platform switch
    {
        null => null,
        _ when platform.Contains("SQL Server", StringComparison.OrdinalIgnoreCase) => "windows-sql",
        _ when platform.StartsWith("windows", StringComparison.OrdinalIgnoreCase) => "windows",
        _ when platform.StartsWith("Red Hat", StringComparison.OrdinalIgnoreCase) => "rhel",
        _ when platform.StartsWith("SUSE", StringComparison.OrdinalIgnoreCase) => "suse",
        _ => "linux",
    };
}
