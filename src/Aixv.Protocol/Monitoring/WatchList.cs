using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Monitoring;

/// <summary>Identities and digests that a monitor looks for in a log.</summary>
public sealed partial record WatchList(ImmutableArray<WatchedIdentity> Identities, ImmutableArray<WatchedDigest> Digests)
{
    public const string Type = "aixv.watch-list/v1";

    /// <summary>The longest watch list, in bytes.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    private static readonly TextShape AnyDigest = new(DigestText(), "sha256:, sha384: or sha512: and lower-case hex digits");

    internal static ObjectShape Shape { get; } = new(
        new Field("watch_type", TextShape.OneOf(Type), Required: true),
        new Field("identities", new ListShape(new ObjectShape(
            new Field("subject", new TextShape(), Required: true),
            new Field("issuer", new TextShape()),
            new Field("expected_digests", new ListShape(AnyDigest))))),
        new Field("digests", new ListShape(new ObjectShape(
            new Field("digest", AnyDigest, Required: true),
            new Field("expected_signers", new ListShape(new TextShape()))))));

    /// <summary>Nothing: only the log itself is checked.</summary>
    public static WatchList Empty { get; } = new([], []);

    /// <exception cref="FormatException">Not a watch list.</exception>
    public static WatchList Parse(ReadOnlyMemory<byte> json)
    {
        var read = Shape.ReadInPlace(SortedJson.ParseObject(json, "watch list", MaximumBytes), "watch list");
        return new WatchList(
            [.. read.Objects("identities").Select(i => new WatchedIdentity(i.RequiredText("subject"), i.Text("issuer"), i.Texts("expected_digests")))],
            [.. read.Objects("digests").Select(d => OfDigest(d.RequiredText("digest"), d.Texts("expected_signers")))]);
    }

    /// <summary>A digest, and who may speak of it.</summary>
    /// <param name="signers">Text with <c>*</c> is a glob.</param>
    public static WatchedDigest OfDigest(string digest, IEnumerable<string> signers) =>
        new(digest, [.. signers.Select(signer => new WatchedIdentity(signer, null, []))]);

    /// <summary>What of the list an entry sets off; empty for most.</summary>
    internal IEnumerable<string> Alarms(MonitoredEntry entry) =>
    [
        .. Identities.Where(identity => identity.Alarms(entry)).Select(identity => identity.Subject),
        .. Digests.Where(digest => digest.Alarms(entry)).Select(digest => digest.Digest),
    ];

    [GeneratedRegex("^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$")]
    private static partial Regex DigestText();
}
