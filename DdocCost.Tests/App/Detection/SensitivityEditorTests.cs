using Bunit;
using DdocCost.App.Detection;
using DdocCost.Domain.Tuning;

namespace DdocCost.Tests.App.Detection;

/// <summary>Setting, in plain words, how readily somebody is interrupted.</summary>
public sealed class SensitivityEditorTests : BunitContext
{
    private static readonly SensitivityRule All = new(null, null, new Sensitivity(40, Eagerness.Quiet));
    private static readonly SensitivityRule Gpu = new("111122223333", "ec2", new Sensitivity(5, Eagerness.Eager));
    private IReadOnlyList<SensitivityRule>? _changed;
    private int? _tried;

    [Fact]
    public void What_nobody_set_is_shown_with_the_default()
    {
        var editor = Editor([]);

        Assert.Equal("15", editor.Find("input[type=number]").GetAttribute("value"));
        Assert.Contains("Worth an interruption when it will surely waste $15 a day; critical from $240", editor.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Changing_a_sum_or_a_word_changes_its_rule_alone()
    {
        var editor = Editor([All, Gpu]);

        editor.FindAll("input[type=number]")[1].Change("7.5");
        Assert.Equal([All, Gpu with { Sensitivity = new Sensitivity(7.5, Eagerness.Eager) }], _changed);

        editor.FindAll("tbody select")[0].Change(nameof(Eagerness.Balanced));
        Assert.Equal([Gpu, All with { Sensitivity = new Sensitivity(40, Eagerness.Balanced) }], _changed);
    }

    [Fact]
    public void A_new_rule_begins_with_what_holds_there_and_can_be_removed()
    {
        var editor = Editor([All]);
        editor.FindAll("form select")[1].Change("rds");
        editor.Find("form").Submit();

        Assert.Equal([All, new SensitivityRule(null, "rds", All.Sensitivity)], _changed);
        Editor([All, Gpu]).FindAll("td button")[1].Click();
        Assert.Equal([All], _changed);
    }

    [Fact]
    public void What_cannot_be_used_is_said_and_can_be_neither_tried_nor_saved()
    {
        var editor = Editor([All with { Sensitivity = new Sensitivity(0, Eagerness.Quiet) }], saved: [All]);

        Assert.Contains("between 1 and 100,000", editor.Markup, StringComparison.Ordinal);
        Assert.All(editor.FindAll(".acts button").Take(2), button => Assert.True(button.HasAttribute("disabled")));
    }

    [Fact]
    public void Changes_can_be_tried_before_they_are_saved_and_saved_by_administrators_only()
    {
        var editor = Editor([Gpu], saved: [All], maySave: false);
        editor.Find(".acts button").Click();

        Assert.Equal(30, _tried);
        Assert.DoesNotContain(editor.FindAll("button"), button => button.TextContent == "Save");
        Assert.Contains("An administrator can save this", editor.Markup, StringComparison.Ordinal);
        Assert.Contains(Editor([Gpu], saved: [All]).FindAll("button"), button => button.TextContent == "Save" && !button.HasAttribute("disabled"));
    }

    [Fact]
    public void Who_may_only_look_changes_nothing()
    {
        var editor = Editor([All, Gpu], mayChange: false);

        Assert.Empty(editor.FindAll("button"));
        Assert.All(editor.FindAll("input, select"), input => Assert.True(input.HasAttribute("disabled")));
    }

    private IRenderedComponent<SensitivityEditor> Editor(
        IReadOnlyList<SensitivityRule> rules, IReadOnlyList<SensitivityRule>? saved = null, bool mayChange = true, bool maySave = true) => Render<SensitivityEditor>(p => p
        .Add(c => c.Rules, rules).Add(c => c.Saved, saved ?? rules).Add(c => c.Accounts, ["111122223333"]).Add(c => c.Services, ["ec2", "rds"])
        .Add(c => c.MayChange, mayChange).Add(c => c.MaySave, maySave).Add(c => c.OnChange, changed => _changed = changed).Add(c => c.OnTry, days => _tried = days));
}
