using System.Globalization;
using System.Text.RegularExpressions;
using DdocCost.Jobs;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Install;

/// <summary>What <c>docker-compose.yml</c> promises: nothing runs with rights it does not need, and all of it fits a small machine.</summary>
public sealed partial class ComposeTests
{
    private static readonly string[] Ours = ["app", "ingestion", "scorer", "zombie-hunter"];

    public static TheoryData<string> Services => [.. ComposeFile.Services.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public void Each_service_runs_without_rights_on_a_file_system_it_cannot_change(string service)
    {
        Assert.Equal("true", ComposeFile.Text(service, "read_only"));
        Assert.Equal(["ALL"], ComposeFile.List(service, "cap_drop"));
        Assert.Contains("no-new-privileges:true", ComposeFile.List(service, "security_opt"));
        Assert.Equal(service == "caddy" ? ["NET_BIND_SERVICE"] : [], ComposeFile.List(service, "cap_add"));
        Assert.DoesNotContain("privileged", ComposeFile.Services[service].Keys);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Each_service_runs_as_a_user_that_is_not_root(string service)
    {
        var user = ComposeFile.Text(service, "user") ?? ComposeFile.Services[service].GetValueOrDefault("build") switch
        {
            Dictionary<object, object> build when build.TryGetValue("dockerfile", out var file) => UserIn((string)file, stage: null),
            Dictionary<object, object> build => UserIn("Dockerfile", (string)build["target"]),
            _ => null,
        };

        Assert.Matches("^[1-9][0-9]*(:[1-9][0-9]*)?$", user);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Each_service_has_limits(string service)
    {
        Assert.InRange(Megabytes(service), 16, 1024);
        Assert.InRange(double.Parse(ComposeFile.Text(service, "cpus")!, CultureInfo.InvariantCulture), 0.1, 2);
        Assert.NotNull(ComposeFile.Text(service, "pids_limit"));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Each_image_is_of_one_version(string service)
    {
        var image = Variable().Replace(ComposeFile.Text(service, "image")!, match => match.Groups[1].Value);

        Assert.Matches(@":(local|v?\d+\.\d+[\w.-]*|RELEASE\.[\w-]+)$", image);
    }

    [Fact]
    public void The_base_images_are_of_one_version_and_without_a_shell()
    {
        var dockerfile = File.ReadAllText(Repository.PathOf("Dockerfile"));

        Assert.Matches(@"(?m)^ARG DOTNET_RUNTIME=\S+:10\.0\.\d+-noble-chiseled-extra$", dockerfile);
        Assert.Matches(@"(?m)^ARG CADDY=caddy:\d+\.\d+\.\d+-alpine$", dockerfile);
        // Nothing can be run while such an image is built, either.
        Assert.DoesNotMatch("(?m)^RUN", Stage(dockerfile, "jobs") + Stage(dockerfile, "app") + Stage(dockerfile, "base"));
    }

    [Fact]
    public void Only_Caddy_has_open_ports() =>
        Assert.Equal(["caddy"], ComposeFile.Services.Keys.Where(service => ComposeFile.Services[service].ContainsKey("ports")));

    [Fact]
    public void The_database_and_Redis_cannot_reach_the_world_nor_be_reached_by_Caddy()
    {
        Assert.Equal(["inside"], ComposeFile.List("postgres", "networks"));
        Assert.Equal(["inside"], ComposeFile.List("redis", "networks"));
        Assert.Equal(["inside"], ComposeFile.List("scorer", "networks"));
        Assert.DoesNotContain("inside", ComposeFile.List("caddy", "networks"));
        Assert.Equal("true", ((Dictionary<object, object>)ComposeFile.Section("networks")["inside"])["internal"]);
        Assert.Equal("true", ((Dictionary<object, object>)ComposeFile.Section("networks")["front"])["internal"]);
    }

    [Fact]
    public void All_of_it_fits_into_two_gigabytes() =>
        Assert.InRange(ComposeFile.Services.Keys.Where(service => !ComposeFile.Services[service].ContainsKey("profiles")).Sum(Megabytes), 1, 2048 - 128);

    [Fact]
    public void Each_queue_is_served_by_one_service()
    {
        var served = Ours.SelectMany(service => ComposeFile.Environment(service)).Where(pair => pair.Key.StartsWith("Jobs__Queues__", StringComparison.Ordinal)).Select(pair => pair.Value);

        Assert.Equal(JobQueue.All.Order(), served.Order());
        Assert.Equal("false", ComposeFile.Environment("app")["Jobs__InProcess"]);
    }

    [Fact]
    public void Each_service_of_the_product_has_a_health_check() =>
        Assert.All(Ours.Concat(["postgres", "redis", "caddy", "minio"]), service => Assert.Contains("healthcheck", ComposeFile.Services[service].Keys));

    [Fact]
    public void The_master_key_is_a_file_and_no_secret_has_a_default()
    {
        var text = File.ReadAllText(Repository.PathOf("docker-compose.yml"));

        Assert.All(Ours, service => Assert.Equal("/run/secrets/master-key", ComposeFile.Environment(service)["Secrets__MasterKeyFile"]));
        Assert.DoesNotMatch(@"PASSWORD:-\w", text);
        Assert.DoesNotMatch(@"TOKEN:-\w", text);
    }

    [Fact]
    public async Task Docker_Compose_reads_it()
    {
        var (_, program) = await Shell.RunAsync("docker compose version >/dev/null 2>&1 && echo docker compose || command -v docker-compose || true");
        Assert.SkipWhen(program.Trim().Length == 0, "neither docker compose nor docker-compose is here; ops/test.sh installs the latter");

        var (exit, said) = await Shell.RunAsync($"cd '{Repository.Root}' && POSTGRES_PASSWORD=a REDIS_PASSWORD=b {program.Trim()} -f docker-compose.yml config -q");

        Assert.True(exit == 0, said);
    }

    private static int Megabytes(string service) => int.Parse(ComposeFile.Text(service, "mem_limit")!.TrimEnd('m'), CultureInfo.InvariantCulture);

    private static string? UserIn(string file, string? stage)
    {
        var text = File.ReadAllText(Repository.PathOf(file));
        for (var part = stage is null ? text : Stage(text, stage); part.Length > 0; part = Stage(text, From().Match(part).Groups[1].Value))
        {
            if (UserLine().Matches(part) is [.., var last])
            {
                return last.Groups[1].Value;
            }
        }

        return null;
    }

    private static string Stage(string dockerfile, string name) =>
        Regex.Match(dockerfile, $@"(?m)^FROM \S+ AS {Regex.Escape(name)}$.*?(?=^FROM |\z)", RegexOptions.Singleline | RegexOptions.Multiline) is { Success: true } stage ? stage.Value : "";

    [GeneratedRegex(@"\$\{\w+:-([^}]*)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^FROM (\S+) AS")]
    private static partial Regex From();

    [GeneratedRegex(@"(?m)^USER (\S+)$")]
    private static partial Regex UserLine();
}
