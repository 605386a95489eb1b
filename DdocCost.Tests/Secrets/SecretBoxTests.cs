using DdocCost.Domain;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Secrets;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DdocCost.Tests.Secrets;

/// <summary>Secrets at rest, each process being a host of its own on the same database.</summary>
public sealed class SecretBoxTests(PostgresServer postgres) : IDisposable
{
    private const string OldKey = "an old master key of forty characters...";
    private const string NewKey = "a new master key, of forty characters...";

    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Another_process_opens_what_one_sealed()
    {
        var database = await postgres.NewDatabaseAsync();
        using var app = Process(database, NewKey);
        using var jobs = Process(database, NewKey);

        var kept = Box(app).Protect("token", "s3cret");

        Assert.DoesNotContain("s3cret", kept, StringComparison.Ordinal);
        Assert.Equal("s3cret", Box(jobs).Unprotect("token", kept));
    }

    [Fact]
    public async Task What_was_sealed_for_one_purpose_or_was_changed_does_not_open()
    {
        using var app = Process(await postgres.NewDatabaseAsync());
        var kept = Box(app).Protect("token", "s3cret");

        Assert.Throws<SecretUnreadableException>(() => Box(app).Unprotect("password", kept));
        Assert.Throws<SecretUnreadableException>(() => Box(app).Unprotect("token", kept[..^4] + "AAAA"));
    }

    [Fact]
    public async Task The_database_alone_does_not_hold_a_readable_key()
    {
        var database = await postgres.NewDatabaseAsync();
        using var app = Process(database, NewKey);
        Box(app).Protect("token", "s3cret");

        Assert.All(await RingAsync(app), key => Assert.DoesNotContain("<", key.Xml, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_master_key_that_comes_later_seals_the_keys_that_are_there()
    {
        var database = await postgres.NewDatabaseAsync();
        using var before = Process(database);
        var kept = Box(before).Protect("token", "s3cret");
        Assert.Contains(await RingAsync(before), key => key.Xml.StartsWith('<'));

        using var after = Process(database, NewKey);

        Assert.Equal("s3cret", Box(after).Unprotect("token", kept));
        Assert.DoesNotContain(await RingAsync(after), key => key.Xml.StartsWith('<'));
    }

    [Fact]
    public async Task A_master_key_is_changed_by_a_new_line_on_top_of_its_file()
    {
        var database = await postgres.NewDatabaseAsync();
        using var before = Process(database, OldKey);
        var kept = Box(before).Protect("token", "s3cret");

        using (var both = Process(database, NewKey, OldKey))
        {
            Assert.Equal("s3cret", Box(both).Unprotect("token", kept));
        }

        using var after = Process(database, NewKey);
        Assert.Equal("s3cret", Box(after).Unprotect("token", kept));
    }

    [Fact]
    public async Task A_process_with_another_master_key_does_not_start_and_says_why()
    {
        var database = await postgres.NewDatabaseAsync();
        using var right = Process(database, OldKey);
        Box(right).Protect("token", "s3cret");
        using var wrong = Process(database, NewKey);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => wrong.StartAsync(Stop));

        Assert.Contains("Secrets:MasterKeyFile", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_master_key_that_is_missing_or_too_short_is_refused()
    {
        var database = await postgres.NewDatabaseAsync();
        using var tooShort = Process(database, "short");
        using var missing = Process(database);
        missing.Services.GetRequiredService<IOptions<SecretsOptions>>().Value.MasterKeyFile = _folder["nothing"];

        Assert.Contains("32 characters", Assert.Throws<OptionsValidationException>(() => Box(tooShort)).Message, StringComparison.Ordinal);
        Assert.Contains("nothing", Assert.Throws<OptionsValidationException>(() => Box(missing)).Message, StringComparison.Ordinal);
    }

    private static ISecretBox Box(IHost process) => process.Services.GetRequiredService<ISecretBox>();

    private static async Task<IReadOnlyList<ProtectionKey>> RingAsync(IHost process)
    {
        await using var session = process.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return await session.Query<ProtectionKey>().ToListAsync(Stop);
    }

    private IHost Process(string database, params string[] masterKeys)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (masterKeys.Length > 0)
        {
            var file = _folder[$"{Guid.NewGuid():N}"];
            File.WriteAllLines(file, masterKeys);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Secrets:MasterKeyFile"] = file });
        }

        builder.Services.AddDomain(database).AddSecrets();
        return builder.Build();
    }
}
