using System.Collections.Immutable;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Monitoring;

/// <summary>An identity whose signatures are watched.</summary>
/// <param name="Subject">Text with <c>*</c> is a glob.</param>
/// <param name="Issuer">Null for any.</param>
/// <param name="ExpectedDigests">What it may sign without alarm, as <c>algorithm:hex</c>; empty for nothing.</param>
public sealed record WatchedIdentity(string Subject, string? Issuer, ImmutableArray<string> ExpectedDigests)
{
    private readonly TextPattern subject = PatternOf(Subject);
    private readonly TextPattern? issuer = Issuer is null ? null : PatternOf(Issuer);

    private static TextPattern PatternOf(string text) => text.Contains('*', StringComparison.Ordinal) ? TextPattern.Glob(text) : TextPattern.Exact(text);

    /// <summary>An entry that does not name the issuer may be this one's: a monitor says too much rather than too little.</summary>
    internal bool Is(MonitoredSigner signer) => subject.IsMatch(signer.Subject) && (issuer is null || signer.Issuer is null || issuer.IsMatch(signer.Issuer));

    internal bool Alarms(MonitoredEntry entry) => entry.Signers.Any(Is)
        && !(entry.Digests.Length > 0 && entry.Digests.All(digest => ExpectedDigests.Contains(digest)));
}
