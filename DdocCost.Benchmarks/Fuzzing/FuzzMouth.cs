namespace DdocCost.Benchmarks.Fuzzing;

/// <summary>A place where strangers' bytes come in.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="TryAsync">Makes one spoilt input, sends it, and tells what came of it.</param>
internal sealed record FuzzMouth(string Name, Func<Random, CancellationToken, Task<FuzzAnswer>> TryAsync);

/// <summary>What came of one input.</summary>
/// <param name="Status">Such as <c>202</c> or <c>grpc 7</c>; counted.</param>
/// <param name="Fault">What is wrong with that; null where nothing is.</param>
/// <param name="Input">What was sent, to be tried again.</param>
internal sealed record FuzzAnswer(string Status, string? Fault, byte[] Input);
