using CsCheck;
using DdocCost.Domain.Ingestion.Reading;
using Xunit;

namespace DdocCost.Tests.Ingestion.Reader;

/// <summary>The quick look at a record: whatever it says yes to, the strict reader says yes to as well and sees the same in it.</summary>
public sealed class SureJsonTests
{
    private static readonly string[] Texts =
    [
        "\"\"", "\"a\"", "\"0123456789abcde\"", "\"0123456789abcdef\"", "\"0123456789abcdef0\"", "\"ü€😀\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u00e9\\uD83D\"",
        "\"\\u00g0\"", "\"\\x\"", "\"\u0001\"", "\"a\tb\"", "\"open", "\"behind a backslash\\\"", "\"}]\"",
    ];

    private static readonly string[] Others =
    [
        "0", "-0", "1", "-12.5e+3", "1E5", "0.1", "00", "01", "-", "1.", ".5", "1e", "1e+", "+1", "true", "false", "null", "tru", "nulls", "NaN", "'a'", "", "//", "\u00a0",
    ];

    private static readonly string[] Names =
    [
        "\"eventSource\"", "\"eventName\"", "\"eventID\"", "\"eventTime\"", "\"eventType\"", "\"userIdentity\"", "\"recipientAccountId\"", "\"Records\"", "\"Events\"", "\"detail\"",
        "\"Message\"", "\"Event\"", "\"accountId\"", "\"other\"", "\"\\u0065ventName\"", "name", "\"no end",
    ];

    private static readonly Gen<string> Blank = Gen.Frequency((8, Gen.Const("")), (1, AnyOf(" ", "\n", "\t\r ", "  ")), (1, AnyOf("\f", ",", ":")));

    private static readonly Gen<string> Scalar = Gen.Frequency((6, AnyOf(Texts[..8])), (1, AnyOf(Texts)), (4, AnyOf("0", "-12.5e+3", "true", "null")), (1, AnyOf(Others)));

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, inner) => depth > 4 ? Scalar : Gen.Frequency((5, Scalar), (2, ObjectOf(inner)), (2, ArrayOf(inner))));

    private static readonly Gen<byte[]> Objects = ObjectOf(Value).Select(AnyOf("", ",", "}", " \n{\"eventName\":\"next\"}"), (json, rest) => Trail.Utf8(json + rest));

    private static readonly Gen<byte[]> Mutated = Gen.OneOf(Objects, AnyOf(Trail.Records(4)).Select(Trail.Utf8)).SelectMany(json => Gen.Select(
        Gen.Int[0, json.Length], Gen.Int[0, json.Length], Gen.OneOf(Gen.Byte, AnyOf("\"\\{}[],:0e- \n"u8.ToArray())), (cut, at, with) =>
        {
            byte[] changed = [.. json];
            if (at < changed.Length)
            {
                changed[at] = with;
            }

            return cut % 3 == 0 ? changed[..cut] : changed;
        }));

    [Fact]
    public void Says_yes_only_to_what_the_strict_reader_sees_the_same_in() => Gen.Select(Gen.OneOf(Objects, Mutated), Gen.Bool).Sample((json, mayOpenList) =>
    {
        if (ItemShape.TryScan(json, mayOpenList, out var quick))
        {
            var outcome = ItemShape.ScanWithReader(json, mayOpenList, out var strict);
            Assert.Equal(quick.Opens == ListKind.None ? ScanOutcome.Whole : ScanOutcome.OpensList, outcome);
            Assert.Equal(strict, quick);
        }
    }, iter: 100_000);

    [Fact]
    public void Says_yes_to_records_whole_and_plain_to_the_last_byte() => Assert.All(Trail.Records(4), record =>
    {
        var json = Trail.Utf8(record);
        Assert.True(ItemShape.TryScan(json, mayOpenList: true, out var shape));
        Assert.Equal(json.Length, shape.Length);
        for (var cut = 0; cut < json.Length; cut++)
        {
            Assert.False(ItemShape.TryScan(json.AsSpan(0, cut), mayOpenList: true, out _), $"cut at {cut}");
        }
    });

    [Theory]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\"}")]
    [InlineData("{,}")]
    [InlineData("{\"a\":[1,]}")]
    [InlineData("{\"a\":{\"b\":1,}}")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{\"a\":]}")]
    public void Says_no_to_what_is_not_JSON(string json) => Assert.False(ItemShape.TryScan(Trail.Utf8(json), mayOpenList: true, out _));

    [Fact]
    public void Leaves_deep_nesting_to_the_strict_reader() =>
        Assert.False(ItemShape.TryScan(Trail.Utf8("{\"a\":" + new string('[', 40) + new string(']', 40) + "}"), mayOpenList: true, out _));

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<string> ObjectOf(Gen<string> value) => Gen.Select(
        Gen.Select(Blank, AnyOf(Names[..^2]), Blank, value, (blank, name, colon, it) => $"{blank}{name}{colon}:{it}{blank}").Array[0, 6], Blank, (members, blank) => "{" + string.Join(',', members) + blank + "}");

    private static Gen<string> ArrayOf(Gen<string> value) => value.Array[0, 4].Select(Blank, (values, blank) => "[" + string.Join("," + blank, values) + "]");
}
