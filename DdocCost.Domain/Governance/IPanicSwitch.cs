namespace DdocCost.Domain.Governance;

/// <summary>
/// Panic mode: one switch for the whole installation that stops everything that leaves it (messages, calls to AWS) while what comes in is
/// still taken, priced and scored. Whoever is about to send something outside asks first.
/// </summary>
public interface IPanicSwitch
{
    /// <summary>What it stands at. Cheap: may be asked before every call. Never throws; where nothing can be learned, the last answer stands.</summary>
    ValueTask<PanicState> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Stops everything. Harmless when it is on already: the first reason stays.</summary>
    Task EngageAsync(string reason, string by, CancellationToken cancellationToken);

    /// <summary>Lets things leave again.</summary>
    Task ReleaseAsync(string by, CancellationToken cancellationToken);
}

/// <summary>What the panic switch stands at.</summary>
/// <param name="IsOn">Nothing may leave.</param>
/// <param name="Reason">Why, as somebody wrote; empty when off.</param>
/// <param name="By">Who switched last; empty where nobody ever did.</param>
/// <param name="At">When, UTC; null where nobody ever did.</param>
public sealed record PanicState(bool IsOn, string Reason, string By, DateTimeOffset? At)
{
    /// <summary>Nobody ever touched it.</summary>
    public static readonly PanicState Off = new(false, "", "", null);
}

/// <summary>Something was not done because panic mode is on.</summary>
public sealed class PanicException(PanicState state) : Exception($"Panic mode is on ({state.Reason}); nothing leaves the system.");
