using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Trust;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Verification;

/// <summary>Checks a signing certificate by the hybrid time model: at every verified time, and never at the current one.</summary>
internal static class CertificateVerifier
{
    /// <summary>The leaf of a bundle. Further certificates are not used, but a root among them is refused.</summary>
    internal static Certificate ReadLeaf(Bundle bundle)
    {
        try
        {
            var certificates = new List<Certificate>();
            foreach (var der in bundle.Certificates)
            {
                certificates.Add(Certificate.Parse(der));
            }

            if (certificates.Exists(c => c.IsSelfIssued))
            {
                throw new Refusal(RejectionReason.ChainContainsRoot, VerificationStep.Key, "no self-signed certificate in the bundle", "one");
            }

            RequireLeafUsage(certificates[0]);
            return certificates[0];
        }
        catch (FormatException e)
        {
            throw new Refusal(RejectionReason.CertificateMalformed, VerificationStep.Key, "X.509 certificates", e.Message);
        }
    }

    /// <summary>The key of a leaf.</summary>
    internal static PublicKey RequireSupportedKey(Certificate leaf)
    {
        try
        {
            return leaf.PublicKey;
        }
        catch (FormatException e)
        {
            throw new Refusal(RejectionReason.KeyUnsupported, VerificationStep.Key, "a supported key in the certificate", e.Message);
        }
    }

    private static void RequireLeafUsage(Certificate leaf)
    {
        RequireUsage(!leaf.IsAuthority, "a leaf certificate", "a CA certificate");
        RequireUsage(leaf.KeyUsage is { } usage && usage.HasFlag(KeyUsages.DigitalSignature), "key usage digitalSignature", "another");
        RequireUsage(
            !leaf.ExtendedKeyUsages.IsDefault && leaf.ExtendedKeyUsages.Contains(IssuerChain.CodeSigning), "extended key usage codeSigning", "another");
        RequireUsage(leaf.SubjectAlternativeNames.Length == 1, "exactly one subject alternative name", $"{leaf.SubjectAlternativeNames.Length}");
        RequireUsage(leaf.SubjectAlternativeNames[0].Kind != SubjectNameKind.Other, "an e-mail, URI or user name as subject alternative name", "another kind");
        RequireUsage(leaf.UnknownCriticalExtension is null, "only known critical extensions", leaf.UnknownCriticalExtension ?? "");
    }

    private static void RequireUsage(bool condition, string expected, string found)
    {
        if (!condition)
        {
            throw new Refusal(RejectionReason.CertificateUsageInvalid, VerificationStep.Key, expected, found);
        }
    }

    /// <summary>A path to an authority that held at every one of <paramref name="times"/>.</summary>
    internal static CertificatePath RequirePath(Certificate leaf, IReadOnlyList<VerifiedTime> times, TrustedRoot root)
    {
        Refusal? expired = null;
        foreach (var authority in root.CertificateAuthorities)
        {
            if (authority.FindPath(leaf) is not { } path)
            {
                continue;
            }

            expired = FirstRefusal(path, authority, times);
            if (expired is null)
            {
                return path;
            }
        }

        throw expired ?? new Refusal(
            RejectionReason.CertificateUntrusted, VerificationStep.Path, "a certificate issued by an authority of the trusted root", "one that none of them issued");
    }

    private static Refusal? FirstRefusal(CertificatePath path, TrustedAuthority authority, IReadOnlyList<VerifiedTime> times)
    {
        foreach (var time in times)
        {
            if (path.FirstInvalidAt(time.Time) is { } invalid)
            {
                var which = invalid == path.Leaf ? "the certificate" : "a certificate of its authority";
                return new Refusal(
                    RejectionReason.CertificateExpired,
                    VerificationStep.Path,
                    $"a time within the validity of {which}, {Rfc3339.Format(invalid.NotBefore)} to {Rfc3339.Format(invalid.NotAfter)}",
                    $"{Rfc3339.Format(time.Time)} ({time.Authority})");
            }

            if (!authority.Validity.Contains(time.Time))
            {
                return new Refusal(
                    RejectionReason.CertificateExpired, VerificationStep.Path, $"a time within {authority.Validity} ({authority.Uri})", Rfc3339.Format(time.Time));
            }
        }

        return null;
    }

    /// <summary>The signer, when it is one that the policy asks for.</summary>
    internal static CertificateSigner RequireIdentity(Certificate leaf, CertificatePolicy policy)
    {
        var identity = leaf.SubjectAlternativeNames[0].Value;
        if (!policy.Identities.IsEmpty && !policy.Identities.Any(p => p.IsMatch(identity)))
        {
            throw new Refusal(
                RejectionReason.IdentityMismatch, VerificationStep.Identity, string.Join(" or ", policy.Identities), identity);
        }

        var issuer = leaf.Claims.Issuer;
        if (!policy.Issuers.IsEmpty && (issuer is null || !policy.Issuers.Any(p => p.IsMatch(issuer))))
        {
            throw new Refusal(
                RejectionReason.IssuerMismatch, VerificationStep.Identity, string.Join(" or ", policy.Issuers), issuer ?? "no issuer in the certificate");
        }

        return new CertificateSigner(identity, issuer, leaf);
    }
}
