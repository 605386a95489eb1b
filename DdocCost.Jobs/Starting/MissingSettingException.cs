namespace DdocCost.Jobs.Starting;

/// <summary>A setting without which nothing goes is missing.</summary>
public sealed class MissingSettingException(string message) : Exception(message)
{
    /// <summary>The address of a server from the configuration.</summary>
    /// <param name="configuration">Where it should be.</param>
    /// <param name="name"><c>Postgres</c> or <c>Redis</c>.</param>
    /// <exception cref="MissingSettingException">It is not there.</exception>
    public static string ConnectionString(IConfiguration configuration, string name) =>
        configuration.GetConnectionString(name) ?? throw new MissingSettingException($"set ConnectionStrings__{name} in the environment (or --ConnectionStrings:{name}=…): where is it?");
}
