namespace DdocCost.Domain.Governance;

/// <summary>Whether a behaviour acts, for the whole installation.</summary>
public interface IFeatureFlags
{
    /// <summary>All of them with their modes, by name.</summary>
    Task<IReadOnlyList<(FeatureFlag Flag, FlagMode Mode)>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The mode of one; its default where nobody set it or the store does not answer.</summary>
    ValueTask<FlagMode> ModeOfAsync(FeatureFlag flag, CancellationToken cancellationToken);

    /// <summary>Sets one.</summary>
    Task SetAsync(FeatureFlag flag, FlagMode mode, string by, CancellationToken cancellationToken);
}

/// <summary>How far a behaviour goes.</summary>
public enum FlagMode
{
    /// <summary>Not at all.</summary>
    Off = 0,

    /// <summary>Computes and records, tells nobody and changes nothing.</summary>
    Observe,

    /// <summary>Does what it is for.</summary>
    Act,
}

/// <summary>A behaviour that can be switched. Declared in code beside the behaviour and added to the services.</summary>
/// <param name="Name">Such as <c>notify.storms</c>.</param>
/// <param name="Purpose">What it does, one sentence.</param>
/// <param name="Owner">Who decides about it.</param>
/// <param name="ExpiresOn">By when the flag must be gone: the behaviour kept for good or taken out.</param>
/// <param name="Default">Mode where nobody set one.</param>
public sealed record FeatureFlag(string Name, string Purpose, string Owner, DateOnly ExpiresOn, FlagMode Default);
