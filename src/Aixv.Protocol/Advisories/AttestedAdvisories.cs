using System.Text.Json.Nodes;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Records;

namespace Aixv.Protocol.Advisories;

/// <summary>The advisories that a store holds as attestations: in-toto statements with the advisory predicate (protocol §2).</summary>
public static class AttestedAdvisories
{
    private const int MaximumBytes = 32 * 1024 * 1024;

    /// <summary>The predicate type.</summary>
    public static string Uri { get; } = PredicateTypes.Find("advisory")!.Uri;

    /// <summary>An advisory in an attestation.</summary>
    public sealed record Found(string Path, AttestationRecord Record, Advisory Advisory);

    /// <summary>Reads them, in the order of their names.</summary>
    /// <param name="store">The store's folder.</param>
    /// <param name="others">Files, relative to the store, that hold an advisory though their name does not say so.</param>
    /// <param name="unreadable">Gets what cannot be read, with the reason: what it says is not known.</param>
    public static IEnumerable<Found> Read(string store, IEnumerable<string> others, ICollection<DamagedFile> unreadable)
    {
        ArgumentNullException.ThrowIfNull(unreadable);
        var folder = Path.Combine(store, "attestations");
        var named = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.advisory.*json").Where(path => !RecordStore.IsBundle(path)) : [];
        foreach (var path in named.Concat(others.Select(path => Path.Combine(store, path))).Distinct(StringComparer.Ordinal).OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal))
        {
            if (TryRead(path, unreadable) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>The advisory that an attestation record states; null where it states something else.</summary>
    /// <exception cref="FormatException">An advisory that is none.</exception>
    public static Advisory? Of(AttestationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return OfStatement(record.Statement);
    }

    /// <summary>The advisory that a statement states; null where it states something else.</summary>
    /// <exception cref="FormatException">An advisory that is none.</exception>
    public static Advisory? OfStatement(JsonObject statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (statement["predicateType"] is not JsonValue type || !type.TryGetValue<string>(out var uri) || uri != Uri)
        {
            return null;
        }

        return statement["predicate"] is JsonObject predicate ? Advisory.Read(predicate) : throw new FormatException("advisory statement: predicate is not an object");
    }

    private static Found? TryRead(string path, ICollection<DamagedFile> unreadable)
    {
        try
        {
            var record = AttestationRecord.Parse(BoundedFile.Read(path, MaximumBytes));
            return Of(record) is { } advisory ? new Found(path, record, advisory) : null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            unreadable.Add(new DamagedFile(path, e.Message));
            return null;
        }
    }
}
