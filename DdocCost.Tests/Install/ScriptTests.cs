using DdocCost.Tests.Support;

namespace DdocCost.Tests.Install;

/// <summary>All scripts of <c>ops/</c>.</summary>
public sealed class ScriptTests
{
    public static TheoryData<string> Commands =>
        [.. Directory.GetFiles(Repository.PathOf("ops"), "*.sh").Select(path => Path.GetFileName(path)!).Where(name => name is not ("lib.sh" or "store.sh" or "test.sh" or "scorecard.sh" or "licences.sh")).Order()];

    [Fact]
    public async Task ShellCheck_finds_nothing_in_them()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shellcheck"), "shellcheck is not here; ops/test.sh installs it.");

        var (exit, said) = await Shell.RunAsync($"cd '{Repository.Root}' && shellcheck -x ops/*.sh ops/agent/*.sh .ci/run");

        Assert.True(exit == 0, said);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_says_how_it_is_used_and_refuses_what_it_does_not_know(string script)
    {
        var (exit, said) = await Shell.RunAsync($"'{Repository.PathOf("ops", script)}' --help");
        var (refused, _) = await Shell.RunAsync($"'{Repository.PathOf("ops", script)}' --frobnicate");

        Assert.True(exit == 0, said);
        Assert.Contains("Usage", said, StringComparison.Ordinal);
        Assert.Equal(1, refused);
    }

    [Fact]
    public async Task No_package_that_we_ship_has_a_licence_that_needs_thought()
    {
        var (exit, said) = await Shell.RunAsync($"'{Repository.PathOf("ops", "licences.sh")}' --allowed");

        Assert.True(exit == 0, said);
    }
}
