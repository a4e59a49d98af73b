using System.Formats.Asn1;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Certificates;

/// <summary>Checks the SCTs embedded in a certificate (RFC 6962 §3.3) against the CT logs of a trusted root.</summary>
internal static class SctVerifier
{
    /// <summary>The logs whose promises hold. SCTs of unknown logs do not count; one of a known log that fails is a refusal.</summary>
    internal static IReadOnlyList<TrustedLog> Verify(CertificatePath path, TrustedRoot root, int threshold)
    {
        if (threshold == 0)
        {
            return [];
        }

        var verified = Parse(path.Leaf).Select(sct => Verify(sct, path, root)).OfType<TrustedLog>().ToList();
        var operators = verified.Select(l => l.Operator).Distinct().Count();
        return operators >= threshold ? verified : throw new Refusal(
            RejectionReason.SctMissing, VerificationStep.Sct, $"{threshold} SCTs of trusted CT logs", $"{operators}");
    }

    private static IReadOnlyList<SignedCertificateTimestamp> Parse(Certificate leaf)
    {
        if (leaf.Extensions.FirstOrDefault(e => e.Oid == SignedCertificateTimestamp.ExtensionOid) is not { } extension)
        {
            throw new Refusal(RejectionReason.SctMissing, VerificationStep.Sct, "an embedded SCT in the certificate", "none");
        }

        try
        {
            var reader = new AsnReader(extension.Value, AsnEncodingRules.DER);
            var list = reader.ReadOctetString();
            reader.ThrowIfNotEmpty();
            return SignedCertificateTimestamp.ParseList(list);
        }
        catch (Exception e) when (e is FormatException or AsnContentException)
        {
            throw new Refusal(RejectionReason.SctMalformed, VerificationStep.Sct, "a list of version 1 SCTs", e.Message);
        }
    }

    private static TrustedLog? Verify(SignedCertificateTimestamp sct, CertificatePath path, TrustedRoot root)
    {
        var logs = root.CtLogs.Where(l => l.LogId.Span.SequenceEqual(sct.LogId.Span)).ToList();
        if (logs.Count == 0)
        {
            return null;
        }

        var data = PrecertificateEntry.SignedData(path.Leaf.Tbs, path.Issuer.Spki.Span, sct.Milliseconds, sct.Extensions.Span);
        if (logs.FirstOrDefault(l => l.Validity.Contains(sct.Time)) is not { } log)
        {
            throw new Refusal(
                RejectionReason.SctOutsideValidity, VerificationStep.Sct, $"a time within {logs[0].Validity} ({logs[0].BaseUrl})", Rfc3339.Format(sct.Time));
        }

        return SchemeOf(sct, log) is { } scheme && log.Key.Verify(data, sct.Signature.Span, scheme)
            ? log
            : throw new Refusal(RejectionReason.SctInvalid, VerificationStep.Sct, $"a signature by {log.BaseUrl} over the precertificate", "one that does not verify");
    }

    private static SignatureScheme? SchemeOf(SignedCertificateTimestamp sct, TrustedLog log) => (sct.HashAlgorithm, sct.SignatureAlgorithm) switch
    {
        (4, 3) => SignatureScheme.EcdsaSha256,
        (5, 3) => SignatureScheme.EcdsaSha384,
        (6, 3) => SignatureScheme.EcdsaSha512,
        (4, 1) => SignatureScheme.RsaPkcs1Sha256,
        (8, 7) when log.Scheme == SignatureScheme.Ed25519 => SignatureScheme.Ed25519,
        _ => null,
    };
}
