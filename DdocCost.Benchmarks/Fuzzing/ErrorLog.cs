using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DdocCost.Benchmarks.Fuzzing;

/// <summary>
/// Remembers what an application logs as an error. Not what the library of the Model Context Protocol says of a call it cannot read, which it answers as the
/// caller's mistake and logs as its own; nor what the library of gRPC says of a single message that is none, which it reads before anything of ours; nor that Amazon's certificate for SNS cannot be had, where there is no network.
/// </summary>
internal sealed class ErrorLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _errors = [];

    /// <summary>Takes what was logged since the last time.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (_errors.TryDequeue(out var error))
        {
            taken.Add(error);
        }

        return taken;
    }

    public ILogger CreateLogger(string categoryName) => new Errors(categoryName, _errors);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Errors(string category, ConcurrentQueue<string> errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        private bool IsOfCaller(Exception? exception) =>
            (category.StartsWith("ModelContextProtocol", StringComparison.Ordinal) && (exception is System.Text.Json.JsonException or ArgumentException { ParamName: "arguments" } || exception?.GetType().Name is "McpProtocolException" or "McpException" or "ApiException"))
            || (category.StartsWith("Grpc.AspNetCore", StringComparison.Ordinal) && exception is Google.Protobuf.InvalidProtocolBufferException or InvalidDataException);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && !IsOfCaller(exception) && exception is not HttpRequestException)
            {
                errors.Enqueue($"{category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
