using DdocCost.Jobs.Aws;
using Npgsql;

namespace DdocCost.Jobs.Queue;

/// <summary>What the owner of a lane has in hand: received, and neither deleted nor given back.</summary>
internal sealed class LaneHold
{
    private readonly Dictionary<long, SqsMessage> _messages = [];
    private readonly Lock _lock = new();
    private NpgsqlConnection? _owner;

    /// <summary>Numbers of the messages in hand.</summary>
    public long[] Ids
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages.Keys];
            }
        }
    }

    /// <summary>Adds one, unless it is in hand already; then it is the newer receipt that counts.</summary>
    /// <returns>Whether it is new here.</returns>
    public bool Add(NpgsqlConnection owner, long id, SqsMessage message)
    {
        lock (_lock)
        {
            _owner = owner;
            var isNew = !_messages.ContainsKey(id);
            _messages[id] = message;
            return isNew;
        }
    }

    /// <summary>Takes messages out of the hand.</summary>
    public IReadOnlyList<SqsMessage> Take(IEnumerable<long> ids)
    {
        lock (_lock)
        {
            return [.. ids.Select(id => _messages.Remove(id, out var message) ? message : null).OfType<SqsMessage>()];
        }
    }

    /// <summary>All in hand, and the server's process of the connection that owns the lane; null where that is closed.</summary>
    public (IReadOnlyList<SqsMessage> Messages, int? Owner) Look()
    {
        lock (_lock)
        {
            return ([.. _messages.Values], _owner is { State: System.Data.ConnectionState.Open } owner ? owner.ProcessID : null);
        }
    }
}
