using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Aixv.Track.Indexing;

/// <summary>A connection in use, bound to realms, with the commands that it has prepared. For one user at a time; disposing gives it back.</summary>
internal sealed class SqlSession(DbConnection connection, Dictionary<string, DbCommand> commands, Func<ValueTask> giveBack) : IAsyncDisposable
{
    public DbConnection Connection => connection;

    /// <summary>A command with these values for <c>@p0</c>, <c>@p1</c> and so on.</summary>
    public DbCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            commands[sql] = command = Create(sql, values.Length);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }

    private DbCommand Create(string sql, int values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
        }

        // SQLite's driver parses a command each time unless told; PostgreSQL's prepares what comes again by itself, once it has seen values.
        if (command is SqliteCommand)
        {
            command.Prepare();
        }

        return command;
    }

    public ValueTask DisposeAsync() => giveBack();
}
