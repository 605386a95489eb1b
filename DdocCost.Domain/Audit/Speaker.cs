namespace DdocCost.Domain.Audit;

/// <summary>Who asks for a change, and through which door.</summary>
/// <param name="Name">As signed in, or as the door knows them.</param>
/// <param name="Mouth">The door.</param>
public readonly record struct Speaker(string Name, Mouth Mouth)
{
    /// <summary>Somebody at a page: what a name alone means.</summary>
    public static implicit operator Speaker(string name) => FromString(name);

    /// <summary>Somebody at a page.</summary>
    public static Speaker FromString(string name) => new(name, Mouth.Page);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
