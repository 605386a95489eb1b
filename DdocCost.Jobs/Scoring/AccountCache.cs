namespace DdocCost.Jobs.Scoring;

/// <summary>The accounts of a lane that were worked on last. Bounded; what falls out is read again from its documents.</summary>
internal sealed class AccountCache(AccountLoader loader, int capacity)
{
    private readonly Dictionary<(string Tenant, string Account), LinkedListNode<OwnedAccount>> _byId = [];
    private readonly LinkedList<OwnedAccount> _byUse = [];

    /// <summary>The account, from memory or from its documents.</summary>
    public async ValueTask<OwnedAccount> GetAsync(string tenantId, string accountId, CancellationToken cancellationToken)
    {
        if (_byId.TryGetValue((tenantId, accountId), out var node))
        {
            _byUse.Remove(node);
        }
        else
        {
            node = new(await loader.LoadAsync(tenantId, accountId, cancellationToken));
            _byId.Add((tenantId, accountId), node);
        }

        _byUse.AddFirst(node);
        return node.Value;
    }

    /// <summary>Forgets those used longest ago beyond the capacity. Between batches only: within one, an account must stay the same object.</summary>
    public void Trim()
    {
        while (_byUse.Count > capacity)
        {
            var oldest = _byUse.Last!.Value;
            _byUse.RemoveLast();
            _byId.Remove((oldest.TenantId, oldest.State.AccountId));
        }
    }

    /// <summary>Forgets all: what is in memory is not what is stored.</summary>
    public void Clear()
    {
        _byId.Clear();
        _byUse.Clear();
    }
}
