using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Bundles;

namespace Aixv.Cli.Commands;

/// <summary>Where an attestation goes: the statement and the bundle beside the artifact, the record into the store.</summary>
/// <param name="Statement">The statement's file.</param>
/// <param name="Bundle">The bundle's file, the one to publish.</param>
/// <param name="Store">The store's folder.</param>
internal sealed record AttestationFiles(string Statement, string Bundle, string Store)
{
    /// <summary>Writes all of them, or leaves no record behind.</summary>
    /// <returns>The path of the record, as the user would write it.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public string Write(App app, Statement statement, Bundle? signed)
    {
        var json = signed?.ToJson();
        var record = new AttestationStore(app.Resolve(Store)).Append(statement, json is null ? (ReadOnlyMemory<byte>?)null : json.AsMemory(), app.Time.GetUtcNow());
        try
        {
            (string, ReadOnlyMemory<byte>) text = (app.Resolve(Statement), statement.ToBytes());
            NewFile.ReplaceAll(json is null ? [text] : [text, (app.Resolve(Bundle), json)]);
        }
        catch
        {
            AttestationStore.Withdraw(record);
            throw;
        }

        return Path.IsPathRooted(Store) ? record : Path.GetRelativePath(app.Directory, record);
    }
}
