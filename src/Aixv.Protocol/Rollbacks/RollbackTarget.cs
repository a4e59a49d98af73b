using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Rollbacks;

/// <summary>What <c>--to</c> means: a digest in any of its forms, or a file.</summary>
public static class RollbackTarget
{
    private const int CommitDigits = 40;

    /// <summary>The digest that <paramref name="text"/> gives, or that of the file it names.</summary>
    /// <exception cref="FormatException">Neither a digest nor a file; the message says what it is and what to do.</exception>
    public static Digest Resolve(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Digest.TryParse(text, out var digest))
        {
            return digest;
        }

        if (File.Exists(text))
        {
            return FileDigester.Digest(text, cancellationToken: cancellationToken).Sha256;
        }

        var hex = text.Trim()[(text.Trim().LastIndexOf(':') + 1)..];
        throw new FormatException(hex.Length == CommitDigits && hex.All(char.IsAsciiHexDigit)
            ? $"invalid rollback target: {text.Trim()} is a git commit id, not a SHA-256 digest of an artifact; pass the artifact's digest or its file"
            : $"invalid rollback target: {text} is neither a sha256 digest (sha256: and 64 hex digits) nor a file that exists");
    }

    /// <summary>Refuses a target that no record names, or that is the artifact itself.</summary>
    /// <exception cref="FormatException">Not a target; the message says what to do.</exception>
    public static void RequireKnown(LineageGraph graph, Digest artifact, Digest target, bool allowUnknown)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (artifact == target)
        {
            throw new FormatException($"invalid rollback target: {target} is the artifact itself");
        }

        if (!allowUnknown && graph.Find(target) < 0)
        {
            throw new FormatException($"unknown rollback target: no record of the store names {target}; attest it first, or pass --allow-unknown");
        }
    }
}
