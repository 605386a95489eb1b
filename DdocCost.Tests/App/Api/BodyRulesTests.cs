using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DdocCost.App.Api;

namespace DdocCost.Tests.App.Api;

public sealed class BodyRulesTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(BodyRules.Apply) };

    [Theory]
    [InlineData("""{"names":[null]}""")]
    [InlineData("""{"array":["a",null]}""")]
    [InlineData("""{"inner":[{"names":["a",null]}]}""")]
    [InlineData("""{"inner":[null]}""")]
    public void Refuses_null_in_any_list(string body) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Body>(body, Json));

    [Theory]
    [InlineData("""{"name":"a\u0000b"}""")]
    [InlineData("""{"names":["a","\u0000"]}""")]
    [InlineData("""{"inner":[{"name":"\u0000"}]}""")]
    public void Refuses_a_NUL_in_any_text(string body) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Body>(body, Json));

    [Fact]
    public void Takes_all_else()
    {
        var body = JsonSerializer.Deserialize<Body>("""{"name":"a\nb","names":["a"],"array":[],"numbers":[1,null],"inner":[{"names":null}]}""", Json)!;

        Assert.Equal(["a"], body.Names!);
        Assert.Equal([1, null], body.Numbers!);
        Assert.Single(body.Inner!);
    }

    private sealed record Body(IReadOnlyList<string>? Names, string[]? Array, IReadOnlyList<int?>? Numbers, IReadOnlyCollection<Body>? Inner, string? Name = null);
}
