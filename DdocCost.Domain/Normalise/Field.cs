using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace DdocCost.Domain.Normalise;

/// <summary>
/// A value somewhere in a record, read the forgiving way: names match whatever their casing (<c>dBInstanceClass</c>,
/// <c>DBInstanceClass</c>), numbers may be strings, lists may be wrapped, and what is absent, null or of another type simply tells
/// nothing. Valid only as long as the parsed record.
/// </summary>
internal readonly struct Field(JsonElement element)
{
    // Beyond this, a figure in a record is damage, not a resource; bounded so that sums and products stay far from decimal's limits.
    private const decimal LargestFigure = 10_000_000_000_000m;

    private readonly JsonElement _element = element;

    /// <summary>It is there and not null.</summary>
    public bool IsPresent => _element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>It has members, as parameters and responses do.</summary>
    public bool IsObject => _element.ValueKind == JsonValueKind.Object;

    /// <summary>The member of that name in any casing; absent where there is none, or where this has no members.</summary>
    public Field this[string name]
    {
        get
        {
            if (!IsObject)
            {
                return default;
            }

            foreach (var property in _element.EnumerateObject())
            {
                if (Ascii.EqualsIgnoreCase(JsonMarshal.GetRawUtf8PropertyName(property), name))
                {
                    return new Field(property.Value);
                }
            }

            return default;
        }
    }

    /// <summary>All members; none where this has none.</summary>
    public MemberList Members => new(_element);

    /// <summary>The member of that name, or this itself where no name is given.</summary>
    public Field Part(string? name) => name is null ? this : this[name];

    /// <summary>This, or the other where this tells nothing.</summary>
    public Field Or(Field other) => IsPresent ? this : other;

    /// <summary>A string or a number as written; null where it is empty, hidden (<c>****</c>) or of another type.</summary>
    public string? Text => _element.ValueKind switch
    {
        JsonValueKind.String => Told(TextPool.Of(Raw) ?? ReadString()),
        JsonValueKind.Number => _element.GetRawText(),
        JsonValueKind.Object => this["content"].Text, // {"tag":1,"content":"vpce-…"}: how newer EC2 calls write a list's item
        _ => null,
    };

    /// <summary>A string's bytes between its quotes, as written; empty where this is no string.</summary>
    public ReadOnlySpan<byte> Raw => _element.ValueKind == JsonValueKind.String ? JsonMarshal.GetRawUtf8Value(_element)[1..^1] : [];

    /// <summary>A number, or a string that holds one; null otherwise, or where it is beyond all reason.</summary>
    public decimal? Number
    {
        get
        {
            var readable = _element.ValueKind switch
            {
                JsonValueKind.Number => _element.TryGetDecimal(out var number) ? number : (decimal?)null,
                JsonValueKind.String => decimal.TryParse(ReadString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? number : null,
                _ => null,
            };
            return readable is { } figure && Math.Abs(figure) <= LargestFigure ? figure : null;
        }
    }

    /// <summary>A number that counts or measures something: null where negative.</summary>
    public decimal? Amount => Number is { } number and >= 0 ? number : null;

    /// <summary>true or false, as such or as a string; null otherwise. <c>{"value":true}</c> counts as true.</summary>
    public bool? Flag => _element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => bool.TryParse(ReadString(), out var flag) ? flag : null,
        JsonValueKind.Object => this["value"].Flag,
        _ => null,
    };

    /// <summary>The text, also where it is wrapped as <c>{"value":"m5.large"}</c>.</summary>
    public string? Value => this["value"].Text ?? Text;

    /// <summary>
    /// The elements of a list in any of its forms: an array, <c>{"items":[…]}</c>, <c>{"item":…}</c>, <c>{"member":[…]}</c>, or a
    /// single value standing for a list of one.
    /// </summary>
    public FieldList Items
    {
        get
        {
            var inner = this["items"].Or(this["item"]).Or(this["member"]);
            return new FieldList(inner.IsPresent ? inner._element : _element);
        }
    }

    /// <summary>
    /// The only member where its name ends so and it has members itself, else this: newer EC2 calls put parameters one level down,
    /// <c>{"CreateNatGatewayRequest":{…}}</c>, <c>{"DelTGwVpcAttachReq":{…}}</c>.
    /// </summary>
    public Field Unwrapped(ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> shortSuffix)
    {
        if (!IsObject || _element.GetPropertyCount() != 1)
        {
            return this;
        }

        var members = _element.EnumerateObject();
        members.MoveNext();
        var name = JsonMarshal.GetRawUtf8PropertyName(members.Current);
        return members.Current.Value.ValueKind == JsonValueKind.Object && (name.EndsWith(suffix) || name.EndsWith(shortSuffix))
            ? new Field(members.Current.Value) : this;
    }

    private static string? Told(string text) =>
        text.Length == 0 || text.AsSpan().Trim('*').IsEmpty || text is "<sensitiveDataRemoved>" or "HIDDEN_DUE_TO_SECURITY_REASONS" or "null"
            ? null : text;

    private string ReadString()
    {
        try
        {
            return _element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Not valid UTF-8, or half of a surrogate pair: keep what can be shown.
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(_element)).Trim('"');
        }
    }
}

/// <summary>Enumerates the elements of a list without allocating.</summary>
internal struct FieldList(JsonElement list)
{
    private JsonElement.ArrayEnumerator _elements = list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;
    private bool _single = IsSingle(list);

    /// <summary>The element the enumeration stands at.</summary>
    public Field Current { readonly get; private set; }

    /// <summary>How many elements there are.</summary>
    public readonly int Count => list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : IsSingle(list) ? 1 : 0;

    /// <summary>The first element, or an absent one.</summary>
    public readonly Field First
    {
        get
        {
            foreach (var element in this)
            {
                return element;
            }

            return default;
        }
    }

    /// <summary>Whether an element has this text, in any casing.</summary>
    public readonly bool Contains(string text)
    {
        foreach (var element in this)
        {
            if (string.Equals(element.Text, text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lets <c>foreach</c> walk it.</summary>
    public readonly FieldList GetEnumerator() => this;

    /// <summary>Goes to the next element.</summary>
    public bool MoveNext()
    {
        if (_single)
        {
            _single = false;
            Current = new Field(list);
            return true;
        }

        if (list.ValueKind != JsonValueKind.Array || !_elements.MoveNext())
        {
            return false;
        }

        Current = new Field(_elements.Current);
        return true;
    }

    // An empty object is how an empty list is written: "groupSet": {}.
    private static bool IsSingle(JsonElement list) => list.ValueKind switch
    {
        JsonValueKind.Object => list.GetPropertyCount() > 0,
        JsonValueKind.String or JsonValueKind.Number => true,
        _ => false,
    };
}
