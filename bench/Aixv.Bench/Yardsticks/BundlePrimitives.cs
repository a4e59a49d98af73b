using System.Formats.Asn1;
using System.Security.Cryptography;
using Aixv.Bench.Bundles;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Timestamps;
using Aixv.Sigstore.Trust;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;

namespace Aixv.Bench.Yardsticks;

/// <summary>The five signatures that a Rekor v2 bundle cannot be verified without, taken out of the bundles of a set and ready to verify.</summary>
/// <remarks>Parsing, hashing, proofs and comparisons are left out, so the sum is a limit that no verifier reaches.</remarks>
internal sealed class BundlePrimitives
{
    private readonly nint issuer;
    private readonly nint timestamper;
    private readonly nint ctLog;
    private readonly nint log;
    private readonly Signatures[] items;

    internal BundlePrimitives(BundleSet set)
    {
        var root = TrustedRoot.Parse(set.TrustedRootJson);
        var issuerCertificate = root.CertificateAuthorities[0].Chain[0];
        issuer = OpenSsl.ImportPoint(OpenSsl.P384, Point(issuerCertificate.PublicKey));
        timestamper = OpenSsl.ImportPoint(OpenSsl.P384, Point(root.TimestampAuthorities[0].Chain[0].PublicKey));
        ctLog = OpenSsl.ImportPoint(OpenSsl.P256, Point(root.CtLogs[0].Key));
        log = OpenSsl.ImportEd25519(root.TransparencyLogs[0].Key.Spki.Span[^32..]);
        items = [.. set.Items.Select(i => Read(i, issuerCertificate))];
    }

    private sealed record Part(byte[] Message, byte[] Signature);

    private sealed record Signatures(Part Certificate, Part Timestamp, Part Sct, byte[] Point, Part Artifact, Part Checkpoint);

    internal int Count => items.Length;

    /// <summary>Verifies the signatures of one bundle.</summary>
    internal void Verify(int number)
    {
        var item = items[number];
        OpenSsl.VerifyEcdsa(timestamper, item.Timestamp.Message, item.Timestamp.Signature);
        OpenSsl.VerifyEcdsa(issuer, item.Certificate.Message, item.Certificate.Signature);
        OpenSsl.VerifyEcdsa(ctLog, item.Sct.Message, item.Sct.Signature);
        OpenSsl.VerifyEd25519(log, item.Checkpoint.Message, item.Checkpoint.Signature);
        var key = OpenSsl.ImportPoint(OpenSsl.P256, item.Point);
        OpenSsl.VerifyEcdsa(key, item.Artifact.Message, item.Artifact.Signature);
        OpenSsl.FreePoint(key);
    }

    /// <summary>Verifies one signature by a P-384 key that is kept: what a certificate path costs at least.</summary>
    internal void VerifyIssuer(int number) => OpenSsl.VerifyEcdsa(issuer, items[number].Certificate.Message, items[number].Certificate.Signature);

    private static Signatures Read(BundleSet.Signed signed, Certificate issuer)
    {
        var bundle = Bundle.Parse(signed.Bundle);
        var leaf = Certificate.Parse(bundle.Certificates[0]);
        var stamp = TimestampToken.Parse(bundle.Timestamps[0]).Signer;
        var extension = leaf.Extensions.First(e => e.Oid == SignedCertificateTimestamp.ExtensionOid);
        var sct = SignedCertificateTimestamp.ParseList(new AsnReader(extension.Value, AsnEncodingRules.DER).ReadOctetString())[0];
        var sctData = PrecertificateEntry.SignedData(leaf.Tbs, issuer.Spki.Span, sct.Milliseconds, sct.Extensions.Span);
        var note = SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(bundle.LogEntries[0].Inclusion!.Checkpoint));
        return new Signatures(
            new Part(SHA384.HashData(leaf.Tbs.Span), leaf.Signature.ToArray()),
            new Part(SHA256.HashData(stamp.SignedAttributes.Span), stamp.Signature.ToArray()),
            new Part(SHA256.HashData(sctData), sct.Signature.ToArray()),
            Point(leaf.PublicKey),
            new Part(signed.Artifact.Sha256.ToBytes(), bundle.Content.Signature.ToArray()),
            new Part(note.Text.ToArray(), note.Signatures[0].Signature.ToArray()));
    }

    /// <summary>The uncompressed point at the end of a SubjectPublicKeyInfo.</summary>
    private static byte[] Point(PublicKey key) => key.Spki[^(key.Algorithm == KeyAlgorithm.EcdsaP384 ? 97 : 65)..].ToArray();
}
