using System.Runtime.InteropServices;
using System.Text.Json;

namespace DdocCost.Domain.Normalise;

/// <summary>Enumerates the members of an object without allocating.</summary>
internal ref struct MemberList(JsonElement owner)
{
    private JsonElement.ObjectEnumerator _members = owner.ValueKind == JsonValueKind.Object ? owner.EnumerateObject() : default;
    private readonly bool _isObject = owner.ValueKind == JsonValueKind.Object;

    /// <summary>Name, as written, and value of the member the enumeration stands at.</summary>
    public readonly Member Current => new(JsonMarshal.GetRawUtf8PropertyName(_members.Current), new Field(_members.Current.Value));

    /// <summary>Lets <c>foreach</c> walk it.</summary>
    public readonly MemberList GetEnumerator() => this;

    /// <summary>Goes to the next member.</summary>
    public bool MoveNext() => _isObject && _members.MoveNext();
}

/// <summary>A member of an object.</summary>
internal readonly ref struct Member(ReadOnlySpan<byte> name, Field value)
{
    private readonly ReadOnlySpan<byte> _name = name;
    private readonly Field _value = value;

    /// <summary>Takes it apart.</summary>
    public void Deconstruct(out ReadOnlySpan<byte> name, out Field value)
    {
        name = _name;
        value = _value;
    }
}
