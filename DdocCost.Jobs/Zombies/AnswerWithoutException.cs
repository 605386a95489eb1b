namespace DdocCost.Jobs.Zombies;

/// <summary>An answer that lacks what AWS always sends with it: whoever gave it does not know the call.</summary>
/// <param name="call"><c>service:Operation</c>.</param>
/// <param name="member">What it lacks.</param>
internal sealed class AnswerWithoutException(string call, string member) : Exception($"the answer to {call} has no {member}");
