using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise.Services;

namespace DdocCost.Domain.Normalise;

/// <summary>The AWS API operations that can cost money, and how each record is read.</summary>
public sealed class EventCatalogue
{
    // AWS nests a few levels; the rest is room for what people put into tags and policies.
    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 256 };

    // Clocks differ a little; a time further ahead is remarked upon.
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    private readonly TimeProvider _clock;
    private readonly FrozenDictionary<OperationKey, Known>.AlternateLookup<OperationName> _operations;

    /// <summary>Knows the given services; refuses the same operation twice.</summary>
    internal EventCatalogue(IReadOnlyList<Service> services, TimeProvider clock)
    {
        _clock = clock;
        var operations = new Dictionary<OperationKey, Known>(new OperationComparer());
        foreach (var service in services)
        {
            foreach (var operation in service.Operations)
            {
                operations.Add(new OperationKey(Encoding.UTF8.GetBytes(service.Name), Encoding.UTF8.GetBytes(operation.Name)), new(service.Name, operation));
            }
        }

        Calls = [.. services.Where(service => service.Name is not (LookedUp.Source or Inventoried.Source)).SelectMany(service => service.Operations.Select(operation => new CataloguedCall(service.Name, operation.Name, operation.Action, operation.ResourceType)))];
        _operations = operations.ToFrozenDictionary(new OperationComparer()).GetAlternateLookup<OperationName>();
    }

    /// <summary>All services of <c>Services/</c>, and what we looked up ourselves.</summary>
    public static EventCatalogue Default { get; } = new([.. ServiceRegistry.All, LookedUp.Service, Inventoried.Service], TimeProvider.System);

    /// <summary>All calls of AWS that it knows, service by service.</summary>
    public IReadOnlyList<CataloguedCall> Calls { get; }

    /// <summary>Whether a record of this source and name can cost money at all; the hot filter in front of everything else.</summary>
    public bool MayCost(ReadOnlySpan<byte> eventSource, ReadOnlySpan<byte> eventName) =>
        _operations.ContainsKey(new OperationName(eventSource, eventName));

    /// <summary>
    /// Understands a record that may cost money. Never throws for what a record contains; the result holds none of its memory.
    /// </summary>
    public NormaliseResult Normalise(in RawRecord record, RecordLocation? location)
    {
        if (!_operations.TryGetValue(new OperationName(record.EventSource, record.EventName), out var known))
        {
            return NormaliseResult.Nothing;
        }

        try
        {
            using var json = JsonDocument.Parse(record.Json, Json);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Understand(new CloudTrailRecord(json.RootElement), known, record, location)
                : new NormaliseResult.Malformed("the record is not a JSON object");
        }
        catch (JsonException e)
        {
            return new NormaliseResult.Malformed($"the record is not valid JSON: {e.Message}");
        }
    }

    private NormaliseResult Understand(CloudTrailRecord read, Known known, in RawRecord record, RecordLocation? location)
    {
        if (EventTime.Read(read.Time) is not { } time)
        {
            return new NormaliseResult.Malformed(read.Time.IsPresent ? "eventTime is not a usable time" : "eventTime is missing");
        }

        var error = read.ErrorCode;
        var changes = new ChangeList(known.Operation, refused: error is not null);
        known.Operation.Read(read, changes);
        if (changes.All.Count == 0)
        {
            if (read.Request.IsObject)
            {
                return NormaliseResult.Nothing;
            }

            changes.AddUntold();
        }

        return new NormaliseResult.Understood(new ResourceEvent
        {
            Key = record.Key,
            EventId = read.EventId ?? record.Key.ToString(),
            Time = time,
            AccountId = record.AccountId,
            Region = read.Region ?? "",
            Service = known.Service,
            EventName = known.Operation.Name,
            Actor = ActorReader.Read(read),
            SourceIp = read.SourceIp,
            UserAgent = read.UserAgent is { Length: > 256 } agent ? agent[..256] : read.UserAgent,
            ErrorCode = error,
            Action = Weightiest(changes.All),
            Changes = changes.All,
            Tags = known.Operation.Action == ResourceAction.Start ? TagReader.Read(read) : null,
            Note = Remarks(read, known.Operation, time),
            Location = location,
        });
    }

    private string? Remarks(CloudTrailRecord read, Operation operation, DateTimeOffset time)
    {
        var ahead = time > _clock.GetUtcNow() + Ahead ? "its time lies in the future" : null;
        var blind = read.ErrorCode is null && operation.Action is ResourceAction.Start && !read.Response.IsObject
            ? "the record has no response: read from the request" : null;
        return ahead is null ? blind : blind is null ? ahead : $"{blind}; {ahead}";
    }

    private static ResourceAction Weightiest(IReadOnlyList<ResourceChange> changes)
    {
        var weightiest = changes[0].Action;
        foreach (var change in changes)
        {
            weightiest = Weight(change.Action) > Weight(weightiest) ? change.Action : weightiest;
        }

        return weightiest;
    }

    private static int Weight(ResourceAction action) => action switch
    {
        ResourceAction.OneTime => 5,
        ResourceAction.Start => 4,
        ResourceAction.Change => 3,
        ResourceAction.Stop => 2,
        ResourceAction.Define => 1,
        _ => 0,
    };

    private sealed record Known(string Service, Operation Operation);
}

/// <summary>A call that the catalogue knows.</summary>
/// <param name="Service">eventSource without <c>.amazonaws.com</c>.</param>
/// <param name="Name">eventName.</param>
/// <param name="Action">What it does when it succeeds.</param>
/// <param name="ResourceType">What it does it to.</param>
public sealed record CataloguedCall(string Service, string Name, ResourceAction Action, string ResourceType);

/// <summary>What became of a record.</summary>
public abstract record NormaliseResult
{
    /// <summary>The one <see cref="Free"/> there need be.</summary>
    internal static readonly NormaliseResult Nothing = new Free();

    private NormaliseResult() { }

    /// <summary>It costs nothing and is no context either (a read, a free parameter combination).</summary>
    public sealed record Free : NormaliseResult;

    /// <summary>It is cost-bearing, defines something, or was refused (action None).</summary>
    public sealed record Understood(ResourceEvent Event) : NormaliseResult;

    /// <summary>It cannot be read as what its name says; goes to quarantine with the reason.</summary>
    public sealed record Malformed(string Reason) : NormaliseResult;
}
