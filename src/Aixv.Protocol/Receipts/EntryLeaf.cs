using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Aixv.Sigstore.Artifacts;
using Aixv.Transparency.Merkle;

namespace Aixv.Protocol.Receipts;

/// <summary>What the public log holds of an entry: the hash of its statement, blinded for private tenants. docs/receipts.md has the bytes.</summary>
public sealed record EntryLeaf
{
    /// <summary>The length of a private entry's salt, in bytes.</summary>
    public const int SaltLength = 32;

    /// <summary>The longest leaf, in bytes.</summary>
    public const int MaximumBytes = 8192;

    private const string Header = "aixv-entry/v1";
    private const string SaltedPrefix = "salted-";
    private const string KindPrefix = "kind ";
    private const string ArtifactPrefix = "artifact ";
    private const string SignerPrefix = "signer ";

    private EntryLeaf(Digest hash, bool isSalted)
    {
        Hash = hash;
        IsSalted = isSalted;
    }

    /// <summary>SHA-256 of the statement, or of salt and statement, one after the other.</summary>
    public Digest Hash { get; }

    /// <summary>Whether the entry is private: the leaf says nothing of it to who lacks the salt.</summary>
    public bool IsSalted { get; }

    /// <summary>What kind of entry it is, as <c>model.attested</c>; null where the log does not say.</summary>
    public string? Kind { get; private init; }

    /// <summary>The artifacts it is about, for monitors; sorted, and empty where the log does not say.</summary>
    public ImmutableArray<Digest> Artifacts { get; private init; } = [];

    /// <summary>The identities that signed what the entry is about, for monitors; sorted.</summary>
    public ImmutableArray<string> Signers { get; private init; } = [];

    /// <summary>The leaf of a public entry.</summary>
    /// <param name="kind">Lower-case letters, digits, dots, hyphens and underscores; or null.</param>
    /// <exception cref="ArgumentException">Another kind, or so many artifacts and signers that the leaf is too long.</exception>
    public static EntryLeaf Public(
        ReadOnlySpan<byte> statement, string? kind = null, IEnumerable<Digest>? artifacts = null, IEnumerable<string>? signers = null)
    {
        if (kind is not null && !IsKind(kind))
        {
            throw new ArgumentException($"'{kind}' is no kind of entry", nameof(kind));
        }

        var leaf = new EntryLeaf(Digest.Of(statement), isSalted: false)
        {
            Kind = kind,
            Artifacts = [.. (artifacts ?? []).Distinct().OrderBy(a => a.Hex, StringComparer.Ordinal)],
            Signers = [.. (signers ?? []).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).OrderBy(LineText.Escape, StringComparer.Ordinal)],
        };
        return leaf.ToBytes().Length <= MaximumBytes ? leaf : throw new ArgumentException($"the leaf is longer than {MaximumBytes} bytes", nameof(artifacts));
    }

    /// <summary>The leaf of a private entry.</summary>
    /// <param name="salt">32 random bytes, never used again.</param>
    public static EntryLeaf Salted(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> statement) => salt.Length == SaltLength
        ? new EntryLeaf(Blind(salt, statement), isSalted: true)
        : throw new ArgumentException($"A salt has {SaltLength} bytes, not {salt.Length}.", nameof(salt));

    private static Digest Blind(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> statement)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(salt);
        sha.AppendData(statement);
        sha.GetHashAndReset(hash);
        return Digest.FromBytes(hash);
    }

    /// <summary>Whether this is the leaf of the statement.</summary>
    /// <param name="salt">The salt of a private entry; empty for a public one.</param>
    public bool Holds(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> statement) => IsSalted
        ? salt.Length == SaltLength && Blind(salt, statement) == Hash
        : salt.IsEmpty && Digest.Of(statement) == Hash;

    /// <summary>The exact bytes in the log.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(Header).Append('\n').Append(IsSalted ? SaltedPrefix : "").Append(Hash).Append('\n');
        if (Kind is not null)
        {
            text.Append(KindPrefix).Append(Kind).Append('\n');
        }

        foreach (var artifact in Artifacts)
        {
            text.Append(ArtifactPrefix).Append(artifact).Append('\n');
        }

        foreach (var signer in Signers)
        {
            text.Append(SignerPrefix).Append(LineText.Escape(signer)).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The hash of the leaf in the tree (RFC 6962).</summary>
    public MerkleHash ToMerkleHash() => MerkleTree.HashLeaf(ToBytes());

    /// <exception cref="FormatException">Not a leaf, or not exactly as <see cref="ToBytes"/> writes it.</exception>
    public static EntryLeaf Parse(ReadOnlySpan<byte> bytes) =>
        TryParse(bytes, out var leaf, out var error) ? leaf : throw new FormatException(error);

    /// <param name="error">What was expected, when the result is false.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out EntryLeaf? leaf, [NotNullWhen(false)] out string? error)
    {
        leaf = null;
        if (bytes.Length > MaximumBytes || bytes.IsEmpty || bytes[^1] != (byte)'\n' || !Ascii.IsValid(bytes))
        {
            error = $"leaf: not at most {MaximumBytes} bytes of ASCII that end in a newline";
            return false;
        }

        var lines = Encoding.ASCII.GetString(bytes[..^1]).Split('\n');
        var read = lines is [Header, var hash, ..] ? Read(hash, lines.AsSpan(2)) : null;
        // Written again it must be the same: every statement has one leaf, and no leaf hides anything.
        leaf = read is not null && read.ToBytes().AsSpan().SequenceEqual(bytes) ? read : null;
        error = leaf is null ? $"leaf: not the lines {Header}, hash, kind, artifacts and signers as they are written" : null;
        return leaf is not null;
    }

    private static EntryLeaf? Read(string hash, ReadOnlySpan<string> lines)
    {
        var salted = hash.StartsWith(SaltedPrefix, StringComparison.Ordinal);
        if (!Digest.TryParse(salted ? hash[SaltedPrefix.Length..] : hash, out var digest) || salted && !lines.IsEmpty)
        {
            return null;
        }

        string? kind = null;
        var (artifacts, signers) = (new List<Digest>(), new List<string>());
        foreach (var line in lines)
        {
            if (line.StartsWith(KindPrefix, StringComparison.Ordinal) && IsKind(line[KindPrefix.Length..]))
            {
                kind = line[KindPrefix.Length..];
            }
            else if (line.StartsWith(ArtifactPrefix, StringComparison.Ordinal) && Digest.TryParse(line[ArtifactPrefix.Length..], out var artifact))
            {
                artifacts.Add(artifact);
            }
            else if (line.StartsWith(SignerPrefix, StringComparison.Ordinal) && LineText.Unescape(line[SignerPrefix.Length..]) is { Length: > 0 } signer)
            {
                signers.Add(signer);
            }
            else
            {
                return null;
            }
        }

        return new EntryLeaf(digest, salted)
        {
            Kind = kind,
            Artifacts = [.. artifacts.Distinct().OrderBy(a => a.Hex, StringComparer.Ordinal)],
            Signers = [.. signers.Distinct(StringComparer.Ordinal).OrderBy(LineText.Escape, StringComparer.Ordinal)],
        };
    }

    private static bool IsKind(string kind) =>
        kind.Length is > 0 and <= 64 && kind.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_');

    public bool Equals(EntryLeaf? other) => other is not null && ToBytes().AsSpan().SequenceEqual(other.ToBytes());

    public override int GetHashCode() => Hash.GetHashCode();
}
