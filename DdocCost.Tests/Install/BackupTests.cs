using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Secrets;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Install;

/// <summary><c>ops/backup.sh</c> and <c>ops/restore.sh</c> on real databases, and <c>ops/doctor.sh</c> with planted faults.</summary>
public sealed class BackupTests(PostgresServer postgres, RedisServer redis) : IDisposable
{
    private const string MasterKey = "a master key of more than thirty-two characters";
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_restored_into_an_empty_place_is_what_was_saved()
    {
        SkipWithoutAge();
        var here = await PlaceAsync("here", MasterKey);
        var sealedSecret = await FillAsync(here);
        var (saved, said) = await RunAsync("backup.sh", here);
        Assert.True(saved == 0, said);
        var file = Assert.Single(Directory.GetFiles(_folder["backups"]));
        Assert.DoesNotContain("RunInstances", await File.ReadAllTextAsync(file, Stop), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        var there = await PlaceAsync("there", masterKey: null);
        var (restored, told) = await RunAsync($"restore.sh '{file}' --identity '{here.Keys}/backup-identity'", there);

        Assert.True(restored == 0, told);
        Assert.Contains("Restored and equal", told, StringComparison.Ordinal);
        Assert.Equal(await ContentAsync(here), await ContentAsync(there));
        await using var pipeline = new Pipeline(there.Database, there.Archive, services => services.AddSecrets().Configure<SecretsOptions>(secrets => secrets.MasterKeyFile = Path.Combine(there.Keys, "master-key")));
        Assert.Equal("the secret", pipeline.Get<ISecretBox>().Unprotect("test", sealedSecret));
        // It goes on where it stopped: what was taken is known, and what waited in the queue is scored.
        Assert.Equal(1, (await pipeline.TakeAsync("acme", Delivery("again", Log(RunInstance(1))))).Redelivered);
        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");
        Assert.Equal(3, (await pipeline.CostEventsAsync("acme")).Count);
    }

    [Fact]
    public async Task A_restore_refuses_what_would_destroy_or_is_damaged_and_changes_nothing()
    {
        SkipWithoutAge();
        var here = await PlaceAsync("here", MasterKey);
        await FillAsync(here);
        await RunAsync("backup.sh", here);
        var file = Assert.Single(Directory.GetFiles(_folder["backups"]));
        var damaged = await File.ReadAllBytesAsync(file, Stop);
        damaged[^1000] ^= 1;
        await File.WriteAllBytesAsync(_folder["damaged"], damaged, Stop);
        var identity = $"--identity '{here.Keys}/backup-identity'";
        var empty = await PlaceAsync("empty", masterKey: null);
        var other = await PlaceAsync("other", "the master key of another installation, also long");
        Directory.CreateDirectory(_folder["keys"]);
        await Shell.RunAsync($"age-keygen -o '{_folder["keys/other"]}'");

        var occupied = await RunAsync($"restore.sh '{file}' {identity}", here);
        var broken = await RunAsync($"restore.sh '{_folder["damaged"]}' {identity}", empty);
        var locked = await RunAsync($"restore.sh '{file}' --identity '{_folder["keys/other"]}'", empty);
        var foreign = await RunAsync($"restore.sh '{file}' {identity}", other);

        Assert.Contains("the database is not empty", occupied.Output, StringComparison.Ordinal);
        Assert.Contains("is damaged; nothing was changed", broken.Output, StringComparison.Ordinal);
        Assert.Contains("does not open with this key", locked.Output, StringComparison.Ordinal);
        Assert.Contains("holds another key; nothing was changed", foreign.Output, StringComparison.Ordinal);
        Assert.All([occupied, broken, locked, foreign], run => Assert.Equal(1, run.Exit));
        Assert.Equal("", await ContentAsync(empty));
        Assert.Equal("", await ContentAsync(other));
    }

    [Fact]
    public async Task Replacing_brings_back_what_was_lost_since_and_old_files_go()
    {
        SkipWithoutAge();
        var here = await PlaceAsync("here", MasterKey);
        await FillAsync(here);
        await RunAsync("backup.sh", here);
        var before = await ContentAsync(here);
        var file = Assert.Single(Directory.GetFiles(_folder["backups"]));
        await SqlAsync(here.Database, "truncate mt_doc_cost_events, pipeline.deliveries");
        Directory.Delete(here.Archive, recursive: true);

        var (exit, said) = await RunAsync($"restore.sh '{file}' --replace", here);

        Assert.True(exit == 0, said);
        Assert.Equal(before, await ContentAsync(here));
        await File.WriteAllTextAsync(Path.Combine(_folder["backups"], "ddoc-cost-20200101T000000Z.tar.age"), "old", Stop);
        await Shell.RunAsync($"age-keygen -o '{_folder["elsewhere"]}'");
        var (_, recipient) = await Shell.RunAsync($"age-keygen -y '{_folder["elsewhere"]}'");
        await RunAsync($"backup.sh --to '{_folder["backups"]}' --recipient {recipient.Trim()} --keep 1", here);
        Assert.DoesNotContain("2020", Assert.Single(Directory.GetFiles(_folder["backups"])), StringComparison.Ordinal);
        var (listed, content) = await RunAsync($"restore.sh '{Assert.Single(Directory.GetFiles(_folder["backups"]))}' --identity '{_folder["elsewhere"]}' --list", here);
        Assert.True(listed == 0, content);
        Assert.Contains("public.mt_doc_cost_events 2 ", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_names_each_planted_fault_with_its_remedy()
    {
        var here = await PlaceAsync("here", "too short");
        File.SetUnixFileMode(here.Keys, (UnixFileMode)0b111_101_101);
        await SqlAsync(here.Database, """
            insert into pipeline.dead_letters (tenant_id, account_id, sequence, archive_key, delivery, reason, attempts, given_up_at)
                values ('acme', '111122223333', 1, 'k', 'd', 'r', 5, now());
            insert into mt_doc_protectionkey (id, data) values ('k', '{"id":"k","xml":"<key/>"}');
            alter role postgres in database
            """ + $" {new NpgsqlConnectionStringBuilder(here.Database).Database} set idle_session_timeout = 0");

        var (exit, said) = await RunAsync("doctor.sh --address 127.0.0.1:1", here, ("LEAST_FREE_MB", "999999999"), ("REDIS", "127.0.0.1:1"), ("OBSERVE", "http://127.0.0.1:1"));

        Assert.Equal(1, exit);
        string[] faults =
        [
            "the disk of", "the master key is shorter than 32 characters", "everybody on this machine can look into", "1 keys in the database are not sealed", "Redis does not answer",
            "PostgreSQL has fsync = off", "1 deliveries were given up", "no job server is at work", "the app does not say how it is", "nobody answers with a certificate", "there is no backup of the last two days",
        ];
        Assert.All(faults, fault => Assert.Matches($"Problem  [^\n]*{fault}[^\n]*\n   Mend  [^\n]{{10,}}", said));
    }

    [Fact]
    public async Task The_doctor_tells_a_database_that_is_away_or_was_never_migrated()
    {
        var away = new Place($"Host=127.0.0.1;Port={ServerProcess.FreePort()};Username=nobody;Database=none", _folder["a"], _folder["k"]);
        var (_, said) = await RunAsync("doctor.sh", away);
        var empty = await RunAsync("doctor.sh", await PlaceAsync("empty", MasterKey));

        Assert.Contains("Problem  PostgreSQL does not answer\n   Mend  start it", said, StringComparison.Ordinal);
        Assert.Contains("Problem  the database was never migrated", empty.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_what_is_well_and_hears_what_a_process_says_of_itself()
    {
        var here = await PlaceAsync("here", MasterKey, migrated: true);
        var observe = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        using var jobs = AppProcess.Start("DdocCost.Jobs", new Dictionary<string, string>
        {
            ["ConnectionStrings:Postgres"] = here.Database, ["ConnectionStrings:Redis"] = await redis.AddressAsync(), ["Data:Folder"] = _folder["data"],
            ["Jobs:Queues:0"] = "score", ["Observe:Url"] = observe, // without a master key, and most queues unserved
        });
        using var http = new HttpClient();
        await Eventually.TrueAsync(async () =>
        {
            Assert.False(jobs.HasExited, jobs.Output);
            try
            {
                return (await http.GetStringAsync($"{observe}/health/deep", Stop)).Contains("serves: ingest, hunt", StringComparison.Ordinal);
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the job server");

        var (_, said) = await RunAsync("doctor.sh", here, ("REDIS", await redis.AddressAsync()), ("OBSERVE", observe));

        Assert.Contains("Well     Redis answers", said, StringComparison.Ordinal);
        Assert.Contains("Well     there is a master key", said, StringComparison.Ordinal);
        Assert.Contains("Well     schema", said, StringComparison.Ordinal);
        Assert.Contains("Problem  keys: there is no master key", said, StringComparison.Ordinal);
        Assert.Contains("Problem  job servers: no job server serves: ingest, hunt, notify, upkeep\n   Mend  start the job servers", said, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void SkipWithoutAge() => Assert.SkipUnless(File.Exists("/usr/bin/age"), "age is not here; ops/test.sh installs it.");

    private async Task<Place> PlaceAsync(string name, string? masterKey, bool migrated = false)
    {
        var place = new Place(migrated || name == "here" ? await postgres.NewDatabaseAsync() : await postgres.NewEmptyDatabaseAsync(), _folder[$"{name}/archive"], _folder[$"{name}/keys"]);
        Directory.CreateDirectory(place.Keys);
        File.SetUnixFileMode(place.Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (masterKey is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(place.Keys, "master-key"), masterKey, Stop);
        }

        return place;
    }

    /// <summary>Records scored, one delivery that waits, one record in quarantine, a sealed secret.</summary>
    private static async Task<string> FillAsync(Place place)
    {
        string secret;
        await using (var pipeline = new Pipeline(place.Database, place.Archive, services => services.AddSecrets().Configure<SecretsOptions>(secrets => secrets.MasterKeyFile = Path.Combine(place.Keys, "master-key"))))
        {
            await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1))), Delivery("b", Log(RunInstance(2), "{\"nonsense\":true}")));
            await pipeline.StartAsync();
            await pipeline.DrainedAsync("acme");
            secret = pipeline.Get<ISecretBox>().Protect("test", "the secret");
        }

        await using var idle = new Pipeline(place.Database, place.Archive);
        await idle.TakeAsync("acme", Delivery("c", Log(RunInstance(3)))); // nobody scores it before the backup
        return secret;
    }

    /// <summary>What stands in the database, and the archive's objects.</summary>
    private static async Task<string> ContentAsync(Place place)
    {
        await using var connection = new NpgsqlConnection(place.Database);
        await connection.OpenAsync(Stop);
        var tables = await connection.QueryAsync(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1", row => row.GetString(0), Stop);
        var lines = new List<string>();
        foreach (var table in tables)
        {
            lines.Add($"{table} {await connection.ScalarAsync<string>($"select md5(coalesce(string_agg(t::text, '' order by t::text), '')) || ' ' || count(*) from {table} t", Stop)}");
        }

        return string.Join('\n', lines.Concat(Directory.Exists(place.Archive) ? Directory.GetFiles(place.Archive, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(place.Archive, path)).Order(StringComparer.Ordinal) : []));
    }

    private static async Task SqlAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Stop);
        await connection.ExecuteAsync(sql, Stop);
    }

    private Task<(int Exit, string Output)> RunAsync(string script, Place place, params (string, string)[] environment)
    {
        var server = new NpgsqlConnectionStringBuilder(place.Database);
        var (name, arguments) = script.Split(' ', 2) is [var first, var rest] ? (first, rest) : (script, "");
        return Shell.RunAsync(
            $"'{Repository.PathOf("ops", name)}' --direct {arguments}",
            [("PGHOST", server.Host!), ("PGPORT", $"{server.Port}"), ("PGUSER", server.Username!), ("PGDATABASE", server.Database!), ("ARCHIVE", place.Archive), ("KEYS", place.Keys),
                ("BACKUP_FOLDER", _folder["backups"]), .. environment]);
    }

    private sealed record Place(string Database, string Archive, string Keys);
}
