using System.Text.RegularExpressions;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Install;

/// <summary>What the pages for those who run the product tell: every command is run by a test or says that it is not, and links lead somewhere.</summary>
public sealed partial class DocumentationTests
{
    // All of docs/, but for what programs write.
    private static readonly string[] Pages =
        [.. Directory.GetFiles(Repository.PathOf("docs"), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Except(["catalogue", "licences", "scorecard", "zombie-rules"]).Order(StringComparer.Ordinal)];

    private static readonly string[] TestClasses = [.. typeof(DocumentationTests).Assembly.GetTypes().Select(type => type.Name)];

    public static TheoryData<string> Names => [.. Pages];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_command_names_the_test_that_runs_it_or_says_that_none_does(string page)
    {
        var commands = Block().Matches(File.ReadAllText(PathOf(page))).SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        Assert.All(commands, command =>
        {
            var mark = Mark().Match(command);
            Assert.True(mark.Success, $"neither '# tested: Class' nor '# untested': {command}");
            Assert.True(mark.Groups[1].Value.Length == 0 || TestClasses.Contains(mark.Groups[1].Value), $"there is no test class {mark.Groups[1].Value}");
        });
    }

    [Fact]
    public void A_test_that_a_page_names_speaks_of_the_script_that_it_is_said_to_run()
    {
        var uses = Pages.SelectMany(page => Block().Matches(File.ReadAllText(PathOf(page)))).SelectMany(block => block.Groups[1].Value.Split('\n')).Select(command => (Command: command, Script: Script().Match(command), Mark: Mark().Match(command)))
            .Where(use => use.Script.Success && use.Mark.Groups[1].Value.Length > 0).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, use =>
        {
            var source = Directory.GetFiles(Repository.PathOf("DdocCost.Tests"), $"{use.Mark.Groups[1].Value}.cs", SearchOption.AllDirectories).Single();
            Assert.True(File.ReadAllText(source).Contains(Path.GetFileName(use.Script.Groups[1].Value), StringComparison.Ordinal), $"{use.Mark.Groups[1].Value} does not speak of: {use.Command}");
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Options_of_our_scripts_are_those_that_the_scripts_know(string page)
    {
        foreach (Match use in Script().Matches(File.ReadAllText(PathOf(page))))
        {
            var script = File.ReadAllText(Repository.PathOf(use.Groups[1].Value));
            Assert.All(Option().Matches(use.Groups[2].Value), option => Assert.Contains(option.Value, script, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_lead_to_files_and_headings_that_there_are(string page)
    {
        foreach (Match link in Link().Matches(File.ReadAllText(PathOf(page))))
        {
            var (file, heading) = (link.Groups[1].Value, link.Groups[2].Value.TrimStart('#'));
            var path = file.Length == 0 ? PathOf(page) : Path.GetFullPath(Path.Combine(Repository.PathOf("docs"), file));
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{page}: no {file}");
            Assert.True(heading.Length == 0 || Headings(path).Contains(heading), $"{page}: no heading {heading} in {file}");
        }
    }

    [Fact]
    public void Settings_that_the_pages_name_exist()
    {
        var code = string.Join('\n', ((string[])["DdocCost.Domain", "DdocCost.Jobs", "DdocCost.App"]).SelectMany(project => Directory.GetFiles(Repository.PathOf(project), "*Options.cs", SearchOption.AllDirectories)).Select(File.ReadAllText));
        var named = Pages.SelectMany(page => Setting().Matches(File.ReadAllText(PathOf(page))).Select(match => match.Groups[1].Value)).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Matches($@"\b{name}\b", code));
    }

    private static string PathOf(string page) => Repository.PathOf("docs", page + ".md");

    private static IEnumerable<string> Headings(string path) =>
        Heading().Matches(File.ReadAllText(path)).Select(match => Regex.Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-'));

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"#.*?(?:\btested:? (?:in )?(\w+)|\buntested\b)")]
    private static partial Regex Mark();

    [GeneratedRegex(@"(?m)(ops/[\w/-]+\.sh)([^#`\n]*)")]
    private static partial Regex Script();

    [GeneratedRegex(@"--[a-z][\w-]*")]
    private static partial Regex Option();

    [GeneratedRegex(@"\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?m)^#+ (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"`(?:Scoring|Jobs|Polling|Ingest|Observe|Retention|Notify|Archive)(?::|__)(?:S3(?::|__))?([A-Z]\w+?)[`=\d_]")]
    private static partial Regex Setting();
}
