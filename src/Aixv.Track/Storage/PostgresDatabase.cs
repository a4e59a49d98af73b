using System.Data.Common;
using Aixv.Track.Indexing;
using Npgsql;

namespace Aixv.Track.Storage;

/// <summary>A PostgreSQL database: connections bound to realms, and migrations.</summary>
internal sealed class PostgresDatabase : ISqlSource, ISqlWrites, IAsyncDisposable
{
    private const int MaximumConnections = 24;
    private const long MigrationLock = 0x61697876;
    private readonly NpgsqlDataSource source;

    private PostgresDatabase(NpgsqlDataSource source) => this.source = source;

    /// <summary>Connects and brings the database to the newest version; other nodes wait meanwhile.</summary>
    /// <param name="connection">A connection string of Npgsql, or a <c>postgres://</c> URL.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">It cannot be reached, or is of a newer version.</exception>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public static async Task<PostgresDatabase> OpenAsync(string connection, CancellationToken cancellationToken)
    {
        var given = PostgresUrl.ToConnectionString(connection);
        var settings = new NpgsqlConnectionStringBuilder(given)
        {
            ApplicationName = "aixv-track",
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
        };
        if (!new DbConnectionStringBuilder { ConnectionString = given }.Keys.Cast<string>().Any(IsPoolSize))
        {
            // Several nodes share what the server allows, 100 unless told otherwise; who finds none free waits.
            settings.MaxPoolSize = MaximumConnections;
        }

        var database = new PostgresDatabase(new NpgsqlSlimDataSourceBuilder(settings.ToString()).EnableArrays().EnableTransportSecurity().Build());
        try
        {
            await database.MigrateAsync(cancellationToken);
            return database;
        }
        catch (NpgsqlException e)
        {
            await database.DisposeAsync();
            throw new IOException($"track: the database (setting 'connection') cannot be used: {e.Message}", e);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    private static bool IsPoolSize(string keyword) =>
        keyword.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() is "MAXIMUMPOOLSIZE" or "MAXPOOLSIZE";

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync($"SELECT pg_advisory_xact_lock({MigrationLock})");
        await RunAsync("CREATE TABLE IF NOT EXISTS schema_version(one integer PRIMARY KEY CHECK(one=1), version integer NOT NULL)");
        await RunAsync("INSERT INTO schema_version VALUES(1,0) ON CONFLICT DO NOTHING");
        await using var ask = new NpgsqlCommand("SELECT version FROM schema_version", connection);
        var version = (int)(await ask.ExecuteScalarAsync(cancellationToken))!;
        if (version > PostgresSchema.Migrations.Count)
        {
            throw new IOException($"track: the database is of version {version}, this program knows up to {PostgresSchema.Migrations.Count}: use a newer program");
        }

        for (; version < PostgresSchema.Migrations.Count; version++)
        {
            await RunAsync(PostgresSchema.Migrations[version]);
            await RunAsync($"UPDATE schema_version SET version={version + 1}");
        }

        await transaction.CommitAsync(cancellationToken);

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public async ValueTask<SqlSession> OpenAsync(Realms realms, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await ConnectAsync(realms, cancellationToken);
            return new SqlSession(connection, new Dictionary<string, DbCommand>(StringComparer.Ordinal), connection.DisposeAsync);
        }
        catch (NpgsqlException e)
        {
            throw new IOException($"track: the database failed: {e.Message}", e);
        }
    }

    /// <summary>A connection that sees no more than these realms: row-level security asks for the two settings.</summary>
    public async ValueTask<NpgsqlConnection> ConnectAsync(Realms realms, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var bind = new NpgsqlCommand("SELECT set_config('aixv.realm',$1,false),set_config('aixv.public',$2,false)", connection);
            bind.Parameters.Add(new NpgsqlParameter<string> { TypedValue = realms.IsEverything ? "*" : realms.Own.ToString() });
            bind.Parameters.Add(new NpgsqlParameter<string> { TypedValue = realms.AndPublic ? "1" : "0" });
            await bind.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<T> RunAsync<T>(Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await ConnectAsync(Realms.EveryTenant, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var session = new SqlSession(connection, new Dictionary<string, DbCommand>(StringComparer.Ordinal), () => ValueTask.CompletedTask);
            var result = await work(session);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        catch (NpgsqlException e)
        {
            throw new IOException($"track: the database failed: {e.Message}", e);
        }
    }

    /// <summary>A number that was never given before and never will be again.</summary>
    public async ValueTask<long> NextPackAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT nextval('pack_number')");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
