using System.Xml.Linq;
using DdocCost.Domain.Storage;
using Marten;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace DdocCost.Jobs.Secrets;

/// <summary>
/// Keeps Data Protection keys in the database, sealed by the master key where there is one; keys that are not, or by a former one, are sealed
/// when they are next read. The framework's interface is synchronous; it is called a few times a day.
/// </summary>
internal sealed class MartenKeyRing(IDocumentStore store, MasterKey master) : IXmlRepository
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(ReadAsync).GetAwaiter().GetResult();

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => WriteAsync([new ProtectionKey(friendlyName, master.Seal(element.ToString(SaveOptions.DisableFormatting)))])).GetAwaiter().GetResult();

    private async Task<XElement[]> ReadAsync()
    {
        await using var session = store.QuerySession();
        var keys = await session.Query<ProtectionKey>().ToListAsync();
        var opened = keys.ToDictionary(key => key, key => master.Open(key.Xml));
        if (keys.Where(key => !master.IsCurrent(key.Xml)).ToList() is { Count: > 0 } outdated)
        {
            await WriteAsync([.. outdated.Select(key => key with { Xml = master.Seal(opened[key]) })]);
        }

        return [.. opened.Values.Select(xml => XElement.Parse(xml))];
    }

    private async Task WriteAsync(ProtectionKey[] keys)
    {
        await using var session = store.LightweightSession();
        session.Store(keys);
        await session.SaveChangesAsync();
    }
}
