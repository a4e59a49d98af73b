using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Protocol.Records;

/// <summary>The managed keys that signatures may be made with. A bundle names its key by a hint at most, so who verifies must have the keys.</summary>
/// <remarks>Having a key says that its signatures can be checked; whether they count is for subjects, as <c>key:sha256:HEX</c>, to say.</remarks>
public sealed class ManagedKeys
{
    /// <summary>How many keys are tried at most.</summary>
    public const int MaximumCount = 100;

    /// <param name="keys">Each once.</param>
    /// <param name="allowUnlogged">Whether a signature by one of them that no log holds is accepted. Without a log nobody else knows of it.</param>
    /// <exception cref="FormatException">More than <see cref="MaximumCount"/>.</exception>
    public ManagedKeys(IEnumerable<PublicKey> keys, bool allowUnlogged = false)
    {
        Keys = [.. keys.DistinctBy(NameOf, StringComparer.Ordinal)];
        AllowUnlogged = allowUnlogged;
        if (Keys.Length > MaximumCount)
        {
            throw new FormatException($"{Keys.Length} keys, at most {MaximumCount} are accepted");
        }
    }

    public static ManagedKeys None { get; } = new([]);

    public ImmutableArray<PublicKey> Keys { get; }

    public bool AllowUnlogged { get; }

    public bool IsEmpty => Keys.IsEmpty;

    /// <summary>These and the others.</summary>
    /// <exception cref="FormatException">More than <see cref="MaximumCount"/> together.</exception>
    public ManagedKeys With(ManagedKeys others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return others.IsEmpty ? this : IsEmpty ? others : new ManagedKeys([.. Keys, .. others.Keys], AllowUnlogged || others.AllowUnlogged);
    }

    /// <summary>Empty where there are none; else a text that differs for other keys.</summary>
    public string Fingerprint => IsEmpty ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Keys.Select(NameOf).Order(StringComparer.Ordinal).Prepend(AllowUnlogged ? "unlogged" : "logged")))));

    /// <summary>A key as subjects name it: <c>key:sha256:</c> and the digest of its SubjectPublicKeyInfo.</summary>
    public static string NameOf(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return $"key:sha256:{Convert.ToHexStringLower(key.SpkiSha256())}";
    }

    /// <summary>Whether a verified signer is a key. A key has no issuer, so lists of issuers do not ask for one.</summary>
    public static bool IsName(string subject, string? issuer)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return issuer is null && subject.StartsWith("key:sha256:", StringComparison.Ordinal);
    }

    /// <summary>A signer as subjects name it: the certificate's identity, or the key. No certificate can pass for a key.</summary>
    public static string NameOf(Signer signer) => signer switch
    {
        CertificateSigner { Identity: var identity } => identity.StartsWith("key:", StringComparison.Ordinal) ? $"certificate:{identity}" : identity,
        KeySigner { PublicKey: var key } => NameOf(key),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Verifies a bundle: one with a certificate as <paramref name="policy"/> asks, one without by these keys.</summary>
    public VerificationResult Verify(Verifier verifier, ReadOnlyMemory<byte> bundleJson, ArtifactDigests artifact, VerificationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        try
        {
            return Verify(verifier, Bundle.Parse(bundleJson), artifact, policy);
        }
        catch (BundleFormatException)
        {
            return verifier.Verify(bundleJson, artifact, policy);
        }
    }

    /// <summary>The same, of a bundle that was parsed already.</summary>
    public VerificationResult Verify(Verifier verifier, Bundle bundle, ArtifactDigests artifact, VerificationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(policy);
        if (IsEmpty || !bundle.Certificates.IsEmpty)
        {
            return verifier.Verify(bundle, artifact, policy);
        }

        VerificationResult? first = null;
        foreach (var key in Keys)
        {
            var result = verifier.Verify(bundle, artifact, policy with { Signer = SignerPolicy.Key(key), LogThreshold = AllowUnlogged ? 0 : policy.LogThreshold });
            if (result is Verified)
            {
                return result;
            }

            first ??= result;
        }

        return first!;
    }
}
