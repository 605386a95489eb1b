using System.Xml.Linq;
using Marten;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace DdocCost.App.Access;

/// <summary>Keeps Data Protection keys in the database. The framework's interface is synchronous; it is called a few times a day.</summary>
internal sealed class MartenKeyRing(IDocumentStore store) : IXmlRepository
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(ReadAsync).GetAwaiter().GetResult();

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName) => Task.Run(() => WriteAsync(element, friendlyName)).GetAwaiter().GetResult();

    private async Task<XElement[]> ReadAsync()
    {
        await using var session = store.QuerySession();
        var keys = await session.Query<ProtectionKey>().ToListAsync();
        return [.. keys.Select(key => XElement.Parse(key.Xml))];
    }

    private async Task WriteAsync(XElement element, string friendlyName)
    {
        await using var session = store.LightweightSession();
        session.Store(new ProtectionKey(friendlyName, element.ToString(SaveOptions.DisableFormatting)));
        await session.SaveChangesAsync();
    }
}
