using Aixv.Sigstore.Json;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Trust;

/// <summary>A witness whose cosignatures on checkpoints count (C2SP tlog-cosignature). An addition of ours to trusted roots.</summary>
public sealed record TrustedWitness(string Name, PublicKey Key, ValidityWindow Validity)
{
    internal CosignatureVerifier Verifier { get; } = new(Name, Key);

    /// <exception cref="FormatException">Malformed, or not an Ed25519 key: a witness that cannot be checked must not silently go missing.</exception>
    internal static TrustedWitness Read(ProtoObject json)
    {
        var publicKey = json.RequiredMessage("publicKey");
        var (key, _) = KeyDetails.Read(publicKey.RequiredText("keyDetails"), publicKey.RequiredBytes("rawBytes"));
        return key.Algorithm == KeyAlgorithm.Ed25519
            ? new TrustedWitness(json.RequiredText("name"), key, ValidityWindow.Read(publicKey, "validFor"))
            : throw new FormatException($"{json.Path}: witnesses sign with Ed25519, not {key.Algorithm}");
    }
}
