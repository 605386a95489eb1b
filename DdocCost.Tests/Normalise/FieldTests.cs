using System.Text;
using System.Text.Json;
using DdocCost.Domain.Normalise;
using Xunit;

namespace DdocCost.Tests.Normalise;

public sealed class FieldTests
{
    [Theory]
    [InlineData("""{"dBInstanceClass":"db.r5.large"}""")]
    [InlineData("""{"DBInstanceClass":"db.r5.large"}""")]
    [InlineData("""{"dbInstanceClass":"db.r5.large"}""")]
    public void Finds_a_member_in_any_casing(string json) => Assert.Equal("db.r5.large", Of(json)["dBInstanceClass"].Text);

    [Theory]
    [InlineData("100", 100)]
    [InlineData("\"100\"", 100)]
    [InlineData("1e2", 100)]
    [InlineData("\" 100 \"", 100)]
    [InlineData("0.5", 0.5)]
    [InlineData("-3", -3)]
    public void Reads_a_number_written_as_number_or_text(string json, double expected) => Assert.Equal((decimal)expected, Of(json).Number);

    [Theory]
    [InlineData("1e400")]
    [InlineData("9999999999999999999999999999999999")]
    [InlineData("50000000000000")]
    [InlineData("\"many\"")]
    [InlineData("\"****\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Knows_no_number_where_there_is_none_within_reason(string json) => Assert.Null(Of(json).Number);

    [Theory]
    [InlineData("\"****\"")]
    [InlineData("\"\"")]
    [InlineData("\"HIDDEN_DUE_TO_SECURITY_REASONS\"")]
    [InlineData("\"<sensitiveDataRemoved>\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[\"a\"]")]
    public void Knows_no_text_where_it_is_hidden_or_absent(string json) => Assert.Null(Of(json).Text);

    [Theory]
    [InlineData("""["a","b"]""")]
    [InlineData("""{"items":["a","b"]}""")]
    [InlineData("""{"Items":["a","b"]}""")]
    [InlineData("""{"item":["a","b"]}""")]
    [InlineData("""{"member":["a","b"]}""")]
    [InlineData("""[{"tag":1,"content":"a"},{"tag":2,"content":"b"}]""")]
    public void Reads_a_list_however_it_is_wrapped(string json) => Assert.Equal(["a", "b"], Texts(Of(json)));

    [Theory]
    [InlineData("\"a\"")]
    [InlineData("""{"item":"a"}""")]
    [InlineData("""{"tag":1,"content":"a"}""")]
    public void Takes_a_single_value_for_a_list_of_one(string json) => Assert.Equal(["a"], Texts(Of(json)));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("""{"items":[]}""")]
    public void Takes_an_empty_value_for_an_empty_list(string json)
    {
        Assert.Empty(Texts(Of(json)));
        Assert.Equal(0, Of(json).Items.Count);
        Assert.False(Of(json).Items.First.IsPresent);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"False\"", false)]
    [InlineData("""{"value":true}""", true)]
    [InlineData("1", null)]
    public void Reads_a_flag_in_any_form(string json, bool? expected) => Assert.Equal(expected, Of(json).Flag);

    [Fact]
    public void Looks_one_level_down_where_a_call_wraps_its_parameters()
    {
        Assert.Equal("x", Of("""{"CreateNatGatewayRequest":{"SubnetId":"x"}}""").Unwrapped("Request"u8, "Req"u8)["subnetId"].Text);
        Assert.Equal("x", Of("""{"DelTGwVpcAttachReq":{"Id":"x"}}""").Unwrapped("Request"u8, "Req"u8)["id"].Text);
        Assert.Equal("x", Of("""{"Id":"x"}""").Unwrapped("Request"u8, "Req"u8)["id"].Text);
    }

    [Fact]
    public void Shows_what_it_can_of_text_that_is_not_valid_UTF_8()
    {
        byte[] json = [.. "\"a"u8, 0xFF, .. "b\""u8];
        using var document = JsonDocument.Parse(json);
        Assert.Equal("a\uFFFDb", new Field(document.RootElement).Text);
        Assert.Equal("\\ud800", Of("\"\\ud800\"").Text);
    }

    private static Field Of(string json) => new(JsonElement.Parse(Encoding.UTF8.GetBytes(json)));

    private static List<string> Texts(Field field)
    {
        var texts = new List<string>();
        foreach (var item in field.Items)
        {
            texts.Add(item.Text ?? "?");
        }

        return texts;
    }
}
