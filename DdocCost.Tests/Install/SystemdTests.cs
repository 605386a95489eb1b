using System.Globalization;
using System.Text.RegularExpressions;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Install;

/// <summary>What <c>ops/install-systemd.sh</c> would put on a machine.</summary>
public sealed class SystemdTests
{
    [Fact]
    public async Task A_dry_run_writes_everything_with_secrets_for_root_only()
    {
        using var folder = new TempFolder();

        var (exit, said) = await Shell.RunAsync($"'{Repository.PathOf("ops/install-systemd.sh")}' --dry-run '{folder.Path}' --host cost.example.com --email ops@example.com");
        var first = await File.ReadAllTextAsync(folder["etc/ddoc-cost/settings.env"], TestContext.Current.CancellationToken);
        var (again, _) = await Shell.RunAsync($"'{Repository.PathOf("ops/install-systemd.sh")}' --dry-run '{folder.Path}' --host cost.example.com --email ops@example.com");

        Assert.True(exit == 0 && again == 0, said);
        Assert.Equal(first, await File.ReadAllTextAsync(folder["etc/ddoc-cost/settings.env"], TestContext.Current.CancellationToken));
        Assert.All(["settings.env", "master-key", "postgres-password", "redis-password"],
            name => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder[$"etc/ddoc-cost/{name}"])));
        Assert.Contains("DOMAIN=cost.example.com", await File.ReadAllTextAsync(folder["etc/systemd/system/caddy.service.d/ddoc.conf"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("+ systemctl restart ddoc-app.service", said, StringComparison.Ordinal);
        var password = (await File.ReadAllTextAsync(folder["etc/ddoc-cost/postgres-password"], TestContext.Current.CancellationToken)).Trim();
        Assert.DoesNotContain(password, said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_job_servers_serve_what_those_of_compose_serve()
    {
        var script = File.ReadAllText(Repository.PathOf("ops/install-systemd.sh"));

        Assert.Equal(DdocCost.Jobs.JobQueue.All.Order(), Regex.Matches(script, @"Jobs__Queues__\d=(\w+)").Select(match => match.Groups[1].Value).Order());
    }

    [Fact]
    public async Task The_units_are_in_order()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not here.");

        var (exit, said) = await Shell.RunAsync(
            $"cd '{Repository.PathOf("ops/systemd")}' && systemd-analyze --man=no verify ./ddoc-app.service ./ddoc-jobs@scorer.service ./ddoc-backup.timer 2>&1 | grep -E 'ddoc-' | grep -vE 'not executable|No such file' ; true");

        Assert.True(exit == 0 && said.Trim().Length == 0, said);
    }

    [Theory]
    [InlineData("ddoc-app.service")]
    [InlineData("ddoc-jobs@.service")]
    [InlineData("../agent/ddoc-agent.service")]
    public async Task Services_are_hardened(string unit)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not here.");

        var (_, said) = await Shell.RunAsync($"systemd-analyze security --offline=true --no-pager '{Repository.PathOf("ops/systemd", unit)}' | tail -n 2");

        var exposure = Regex.Match(said, @"exposure level for \S+: ([\d.]+)");
        Assert.SkipUnless(exposure.Success, $"systemd-analyze gave no figure: {said}");
        // 0 is perfect, 10 nothing; systemd calls up to 4.9 "OK", below 2 "excellent".
        Assert.InRange(double.Parse(exposure.Groups[1].Value, CultureInfo.InvariantCulture), 0, 4);
    }
}
