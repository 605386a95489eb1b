using System.Security.Cryptography;
using System.Text;
using DdocCost.Domain.Normalise;
using DdocCost.Protos.Agent.V1;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Ingest.Agents;

/// <summary>Which records agents should send: those of the catalogue, and what the configuration adds. A change is pushed to agents that are connected.</summary>
internal sealed class AgentFilter : IDisposable
{
    private readonly IDisposable? _watching;
    private Current _current;

    /// <summary>Begins with what is configured.</summary>
    public AgentFilter(IOptionsMonitor<IngestOptions> options)
    {
        _current = new Current(Make(options.CurrentValue));
        _watching = options.OnChange(changed => Change(Make(changed)));
    }

    /// <summary>The filter in force, and a task that ends when there is another.</summary>
    public (Filter Filter, Task Changed) Now => (Volatile.Read(ref _current).Filter, Volatile.Read(ref _current).Changed.Task);

    public void Dispose() => _watching?.Dispose();

    private void Change(Filter filter)
    {
        if (filter.Version != _current.Filter.Version)
        {
            Interlocked.Exchange(ref _current, new Current(filter)).Changed.TrySetResult();
        }
    }

    private static Filter Make(IngestOptions options)
    {
        var operations = EventCatalogue.Default.Calls.Select(call => $"{call.Service}/{call.Name}").Concat(options.AlsoForward).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var content = string.Join('\n', operations) + options.FilterAtAgents;
        var filter = new Filter { Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 6)), Everything = !options.FilterAtAgents };
        filter.Operations.AddRange(operations);
        return filter;
    }

    private sealed class Current(Filter filter)
    {
        public Filter Filter { get; } = filter;

        public TaskCompletionSource Changed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
