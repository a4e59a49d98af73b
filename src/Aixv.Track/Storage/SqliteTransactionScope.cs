using Aixv.Track.Indexing;
using Microsoft.Data.Sqlite;

namespace Aixv.Track.Storage;

/// <summary>A transaction by SQL's own words, so that prepared commands need not be told of it. Undone unless committed.</summary>
internal sealed class SqliteTransactionScope : IDisposable
{
    private readonly SqlSession session;
    private bool ended;

    private SqliteTransactionScope(SqlSession session) => this.session = session;

    public static SqliteTransactionScope Begin(SqlSession session)
    {
        session.Command("BEGIN IMMEDIATE").ExecuteNonQuery();
        return new SqliteTransactionScope(session);
    }

    public void Commit()
    {
        session.Command("COMMIT").ExecuteNonQuery();
        ended = true;
    }

    public void Dispose()
    {
        if (ended)
        {
            return;
        }

        ended = true;
        try
        {
            session.Command("ROLLBACK").ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // Where the failure itself has ended the transaction, there is nothing to undo.
        }
    }
}
