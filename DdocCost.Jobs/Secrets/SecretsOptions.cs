namespace DdocCost.Jobs.Secrets;

/// <summary>How secrets are kept. Configuration section <c>Secrets</c>; the same for every process of an installation.</summary>
public sealed class SecretsOptions
{
    /// <summary>
    /// File with the master key that seals the key ring in the database: a line of at least 32 characters. A new first line seals from then
    /// on; the lines below still open what they sealed.
    /// </summary>
    /// <value>Default none: the key ring lies unsealed, and who can read the database can read every secret in it.</value>
    public string? MasterKeyFile { get; set; }

    /// <summary>The master key itself, for those who hand secrets over in the environment (<c>Secrets__MasterKey</c>). Goes before the file.</summary>
    /// <value>Default none. At least 32 characters.</value>
    public string? MasterKey { get; set; }
}
