using System.Text.Json;
using System.Text.Json.Serialization;
using JasperFx;
using Marten;
using Marten.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Weasel.Core;

namespace DdocCost.Domain.Storage;

/// <summary>The store itself: PostgreSQL through Marten. Each stage maps its own documents in an <c>XStorage</c> beside them.</summary>
public static class StoreSetup
{
    /// <summary>Adds the document store, the <see cref="NpgsqlDataSource"/> it shares with the queue, and the database's clock.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="connectionString">PostgreSQL, in Npgsql's form. <c>No Reset On Close</c> and transaction-pooling proxies are not supported.</param>
    public static IServiceCollection AddStore(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(Prepared(connectionString)));
        services.AddSingleton(provider => new DatabaseClock(provider.GetRequiredService<NpgsqlDataSource>(), TimeProvider.System));
        services.AddMarten(Configure).UseNpgsqlDataSource().UseLightweightSessions();
        return services;
    }

    /// <summary>Statements that come again and again are parsed and planned once a connection, unless the connection string says otherwise.</summary>
    private static string Prepared(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0 && !settings.ContainsKey("Max Auto Prepare"))
        {
            settings.MaxAutoPrepare = 64;
            settings.AutoPrepareMinUsages = 3;
        }

        return settings.ConnectionString;
    }

    private static void Configure(StoreOptions options)
    {
        // Only the migrate command changes the schema: a running process must not take locks of its own accord.
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.DisableNpgsqlLogging = true;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, Json);
        options.Advanced.DuplicatedFieldEnumStorage = EnumStorage.AsString;
        options.Policies.AllDocumentsAreMultiTenanted();
        options.Policies.ForAllDocuments(document => document.Metadata.DotNetType.Enabled = false);
    }

    /// <summary>What the store needs of the serializer so that every document comes back exactly as it went.</summary>
    internal static void Json(JsonSerializerOptions json)
    {
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        // jsonb orders an object's members by its own rule, so a type discriminator may come back anywhere.
        json.AllowOutOfOrderMetadataProperties = true;
        json.Converters.Add(new NulFreeStringConverter());
    }
}
