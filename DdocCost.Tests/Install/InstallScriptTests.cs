using DdocCost.Tests.Support;

namespace DdocCost.Tests.Install;

/// <summary><c>ops/install.sh</c> in a copy of the checkout, with a stand-in for Docker that writes down what it is asked.</summary>
public sealed class InstallScriptTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public InstallScriptTests()
    {
        Directory.CreateDirectory(_folder["ops"]);
        Directory.CreateDirectory(_folder["bin"]);
        foreach (var file in (string[])["ops/install.sh", "ops/lib.sh", "docker-compose.yml", "Caddyfile", "Dockerfile"])
        {
            File.Copy(Repository.PathOf(file), _folder[file]);
        }

        Program("bin/docker", $$"""
            echo "docker $*" >>'{{_folder["asked"]}}'
            case "$*" in
                info) exit "${NO_DAEMON:-0}" ;;
                "compose version") exit "${NO_COMPOSE:-0}" ;;
                *administrator*) read -r password; echo "password of ${#password}" >>'{{_folder["asked"]}}'; exit "${ADMINISTRATOR:-0}" ;;
                *" up "*) exit "${NOT_HEALTHY:-0}" ;;
            esac
            """);
        Program("ops/backup.sh", $"echo backup >>'{_folder["asked"]}'; exit \"${{NO_BACKUP:-0}}\"");
    }

    [Fact]
    public async Task Installs_unattended_with_secrets_for_its_owner_only()
    {
        var (exit, said) = await InstallAsync("--host localhost --admin owner@example.com --yes");

        Assert.True(exit == 0, said);
        var settings = Settings();
        Assert.Equal(48, settings["POSTGRES_PASSWORD"].Length);
        Assert.NotEqual(settings["POSTGRES_PASSWORD"], settings["REDIS_PASSWORD"]);
        Assert.Equal("localhost", settings["DOMAIN"]);
        Assert.Equal("600", Mode(".env"));
        Assert.Equal(("700", "444"), (Mode("secrets"), Mode("secrets/master-key")));
        Assert.Equal(48, (await File.ReadAllTextAsync(_folder["secrets/master-key"], TestContext.Current.CancellationToken)).Length);
        Assert.Equal(
            ["docker compose build", "docker compose up -d --remove-orphans --wait --wait-timeout 300", "docker compose exec -T app dotnet DdocCost.App.dll administrator owner@example.com", "password of 20"],
            Asked().Where(line => !line.Contains("info", StringComparison.Ordinal) && !line.Contains("version", StringComparison.Ordinal) && !line.Contains(" ps ", StringComparison.Ordinal)));
        Assert.Contains("dd0c/cost runs at https://localhost/", said, StringComparison.Ordinal);
        Assert.DoesNotContain(settings["POSTGRES_PASSWORD"], said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeated_it_keeps_secrets_and_settings()
    {
        await InstallAsync("--host localhost --email ops@example.com --yes");
        var before = (Settings(), await File.ReadAllTextAsync(_folder["secrets/master-key"], TestContext.Current.CancellationToken));

        var (exit, said) = await InstallAsync("--yes", ("ADMINISTRATOR", "3"));

        Assert.True(exit == 0, said);
        Assert.Equal(before.Item1, Settings());
        Assert.Equal(before.Item2, await File.ReadAllTextAsync(_folder["secrets/master-key"], TestContext.Current.CancellationToken));
        Assert.Contains("There is an administrator already", said, StringComparison.Ordinal);
        Assert.Equal("email ops@example.com", Settings()["CADDY_GLOBAL_OPTIONS"]);
    }

    [Fact]
    public async Task Says_what_is_wrong_with_the_machine_and_how_to_mend_it_and_changes_nothing()
    {
        await File.WriteAllTextAsync(_folder["meminfo"], "MemTotal:         900000 kB\n", TestContext.Current.CancellationToken);

        var (exit, said) = await InstallAsync("--host no-such-host.invalid --yes", ("MEMINFO", _folder["meminfo"]), ("NO_DAEMON", "1"), ("MOST_NEEDED_GB", "999999"));

        Assert.Equal(1, exit);
        Assert.Contains("Problem: only 878 MB of memory", said, StringComparison.Ordinal);
        Assert.Contains("Problem: Docker does not answer\n   Mend: start it (systemctl start docker)", said, StringComparison.Ordinal);
        Assert.Contains("GB free in", said, StringComparison.Ordinal);
        Assert.Contains("no-such-host.invalid has no address", said, StringComparison.Ordinal);
        Assert.Contains("4 problem(s); nothing was changed", said, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder[".env"]));
    }

    [Fact]
    public async Task A_taken_port_is_found()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

        var (exit, said) = await InstallAsync("--check", ("HTTP_PUBLISH", $"{port}"));

        Assert.Equal(1, exit);
        Assert.Contains($"Problem: port {port} is taken by another program", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checking_changes_nothing()
    {
        var (exit, said) = await InstallAsync("--check");

        Assert.True(exit == 0, said);
        Assert.False(File.Exists(_folder[".env"]));
        Assert.DoesNotContain(Asked(), line => line.Contains(" up ", StringComparison.Ordinal) || line.Contains("build", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_upgrade_backs_up_first_and_changes_the_schema_while_the_old_version_serves()
    {
        await InstallAsync("--host localhost --yes");
        File.Delete(_folder["asked"]);

        var (exit, said) = await InstallAsync("--upgrade --yes");

        Assert.True(exit == 0, said);
        Assert.Equal(
            ["backup", "docker compose build --pull", "docker compose run --rm --no-deps -T app migrate", "docker compose up -d --remove-orphans --wait --wait-timeout 300"],
            Asked().Where(line => line == "backup" || line.Contains("compose build", StringComparison.Ordinal) || line.Contains(" run ", StringComparison.Ordinal) || line.Contains(" up ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_a_backup_nothing_is_upgraded()
    {
        await InstallAsync("--host localhost --yes");
        File.Delete(_folder["asked"]);

        var (exit, said) = await InstallAsync("--upgrade --yes", ("NO_BACKUP", "1"));

        Assert.Equal(1, exit);
        Assert.Contains("the backup failed, so nothing was changed", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Asked(), line => line.Contains("build", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Uninstalling_keeps_data_only_when_told_to()
    {
        await InstallAsync("--host localhost --yes");

        await InstallAsync("--uninstall --keep-data --yes");
        Assert.True(File.Exists(_folder[".env"]));
        Assert.Equal("docker compose down --remove-orphans", Asked()[^1]);

        await InstallAsync("--uninstall --yes");
        Assert.False(File.Exists(_folder[".env"]) || Directory.Exists(_folder["secrets"]));
        Assert.Equal("docker compose down --remove-orphans --volumes --rmi local", Asked()[^1]);
    }

    [Theory]
    [InlineData("--host 'a b'")]
    [InlineData("--host 'x;reboot'")]
    [InlineData("--email 'a@b } :80'")]
    [InlineData("--frobnicate")]
    public async Task What_is_no_name_or_option_is_refused(string arguments)
    {
        var (exit, _) = await InstallAsync($"{arguments} --yes");

        Assert.Equal(1, exit);
        Assert.False(File.Exists(_folder[".env"]));
    }

    [Fact]
    public async Task Services_that_do_not_become_healthy_are_an_error_with_a_way_on()
    {
        var (exit, said) = await InstallAsync("--host localhost --yes", ("NOT_HEALTHY", "1"));

        Assert.Equal(1, exit);
        Assert.Contains("ops/doctor.sh looks closer", said, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<(int Exit, string Output)> InstallAsync(string arguments, params (string, string)[] environment)
    {
        File.WriteAllText(_folder["enough"], "MemTotal:        4000000 kB\n");
        return Shell.RunAsync(
            $"'{_folder["ops/install.sh"]}' {arguments}",
            [("PATH", $"{_folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}"), ("MEMINFO", _folder["enough"]), ("MOST_NEEDED_GB", "0"),
                ("HTTP_PUBLISH", $"{ServerProcess.FreePort()}"), ("HTTPS_PUBLISH", "443"), .. environment]);
    }

    private string[] Asked() => File.Exists(_folder["asked"]) ? File.ReadAllLines(_folder["asked"]) : [];

    private Dictionary<string, string> Settings() =>
        File.ReadAllLines(_folder[".env"]).Where(line => !line.StartsWith("HTTP_", StringComparison.Ordinal)).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(_folder[path]), 8);

    private void Program(string path, string script)
    {
        File.WriteAllText(_folder[path], $"#!/usr/bin/env bash\n{script}\n");
        File.SetUnixFileMode(_folder[path], (UnixFileMode)0b111_101_101);
    }
}
