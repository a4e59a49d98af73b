using System.Text;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Dsse;
using Aixv.Sigstore.Verification;

namespace Aixv.Sigstore.Tests.Verification;

public sealed class HostileBundleTests
{
    private const int MutantsPerBundle = 2500;
    private static readonly string[] Accepted = [.. Vectors.All.Where(n => !n.EndsWith("_fail", StringComparison.Ordinal))];

    public static TheoryData<string> Names => [.. Accepted];

    [Theory, MemberData(nameof(Names))]
    public void No_mutant_is_accepted_and_none_throws(string name)
    {
        var vector = new Vectors(name);
        var verifier = new Verifier(vector.TrustedRoot);
        var (policy, artifact, original) = (vector.Policy, ArtifactDigests.Of(vector.Artifact), vector.Bundle);
        var others = Accepted.Select(n => new Vectors(n).Bundle).ToList();
        Parallel.For(0, MutantsPerBundle, i =>
        {
            var mutant = new Mutation((ulong)(i + 1)).Apply(original, others);
            if (verifier.Verify(mutant, artifact, policy) is Verified)
            {
                Assert.True(SaysNothingElse(Bundle.Parse(mutant), Bundle.Parse(original)), $"mutant {i + 1} of {name}: {Encoding.UTF8.GetString(mutant)}");
            }
        });
    }

    [Fact]
    public void Any_bytes_are_refused_as_no_bundle()
    {
        var vector = new Vectors(Accepted[0]);
        var verifier = new Verifier(vector.TrustedRoot);
        string[] texts = ["", "{}", "[]", "null", "1", "\"x\"", "{\"mediaType\":1}", new('[', 100_000), "{\"a\":" + new string('{', 5000), "\uFEFF{}", "{\"mediaType\":\"\\ud800\"}", "{\"\\ud800\":1,\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}"];
        foreach (var text in texts)
        {
            var rejected = Assert.IsType<Rejected>(verifier.Verify(Encoding.UTF8.GetBytes(text), ArtifactDigests.Of(vector.Artifact), vector.Policy));
            Assert.Equal(RejectionReason.BundleMalformed, rejected.Reason);
        }
    }

    [Fact]
    public void Double_members_are_refused()
    {
        var vector = new Vectors(Accepted[0]);
        var text = Encoding.UTF8.GetString(vector.Bundle);
        var doubled = text.Insert(text.IndexOf('{', StringComparison.Ordinal) + 1, "\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",");
        var rejected = Assert.IsType<Rejected>(new Verifier(vector.TrustedRoot).Verify(Encoding.UTF8.GetBytes(doubled), ArtifactDigests.Of(vector.Artifact), vector.Policy));
        Assert.Equal(RejectionReason.BundleMalformed, rejected.Reason);
    }

    [Fact]
    public void A_bundle_too_large_is_refused_unread()
    {
        var vector = new Vectors(Accepted[0]);
        var rejected = Assert.IsType<Rejected>(
            new Verifier(vector.TrustedRoot).Verify(new byte[Bundle.MaximumBytes + 1], ArtifactDigests.Of(vector.Artifact), vector.Policy));
        Assert.Contains("at most", rejected.Found, StringComparison.Ordinal);
    }

    /// <summary>Whether a bundle differs only in what no signature covers and nobody uses (hints), or in evidence left out that was not needed.</summary>
    private static bool SaysNothingElse(Bundle mutant, Bundle original) =>
        Essence(mutant with { LogEntries = [], Timestamps = [] }).SequenceEqual(Essence(original with { LogEntries = [], Timestamps = [] }))
        && mutant.Timestamps.All(t => original.Timestamps.Any(o => o.Span.SequenceEqual(t.Span)))
        && mutant.LogEntries.Zip(original.LogEntries).All(p => IsPartOf(p.First, p.Second));

    private static bool IsPartOf(LogEntry mutant, LogEntry original)
    {
        var whole = mutant with
        {
            InclusionPromise = mutant.InclusionPromise ?? original.InclusionPromise,
            IntegratedTime = mutant.InclusionPromise is null ? original.IntegratedTime : mutant.IntegratedTime,
            LogIndex = mutant.InclusionPromise is null ? original.LogIndex : mutant.LogIndex,
            CanonicalizedBody = mutant.CanonicalizedBody.IsEmpty ? original.CanonicalizedBody : mutant.CanonicalizedBody,
            Inclusion = mutant.Inclusion is null ? original.Inclusion
                : mutant.Inclusion.Checkpoint.Length == 0 ? mutant.Inclusion with { Checkpoint = original.Inclusion!.Checkpoint } : mutant.Inclusion,
        };
        return Json(WithoutCosignatures(whole)).SequenceEqual(Json(WithoutCosignatures(original)));
    }

    /// <summary>Signature lines of others than the log, which nobody is asked to know.</summary>
    private static LogEntry WithoutCosignatures(LogEntry entry)
    {
        var inclusion = entry.Inclusion!;
        var lines = inclusion.Checkpoint.Split('\n');
        var name = lines[0].Split(" - ")[0];
        var kept = lines.Where(l => !l.StartsWith("\u2014 ", StringComparison.Ordinal) || l.StartsWith($"\u2014 {name} ", StringComparison.Ordinal));
        return entry with { Inclusion = inclusion with { Checkpoint = string.Join('\n', kept) } };
    }

    private static byte[] Json(LogEntry entry) => Essence(new Bundle
    {
        Version = BundleVersion.V03,
        KeyHint = "",
        LogEntries = [entry],
        Content = new MessageSignature(new byte[1], null, null),
    });

    private static byte[] Essence(Bundle bundle) => (bundle with
    {
        Version = bundle.Certificates.Length > 1 ? bundle.Version : BundleVersion.V03,
        KeyHint = bundle.KeyHint is null ? null : "",
        Content = bundle.Content switch
        {
            SignedEnvelope { Envelope: var e } => new SignedEnvelope(e with { Signatures = [new DsseSignature(e.Signatures[0].Signature)] }),
            MessageSignature m => m with { Digest = null, DigestAlgorithm = null },
            _ => bundle.Content,
        },
    }).ToJson();
}
