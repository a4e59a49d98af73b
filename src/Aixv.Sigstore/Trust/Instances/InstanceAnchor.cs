namespace Aixv.Sigstore.Trust.Instances;

/// <summary>Why the first root of a new instance is believed.</summary>
public abstract record InstanceAnchor
{
    private protected InstanceAnchor()
    {
    }

    /// <summary>The operator gave this root.json.</summary>
    public static InstanceAnchor Root(ReadOnlyMemory<byte> root) => new RootFile(root);

    /// <summary>The operator gave the SHA-256 of 1.root.json, in hex (<c>sha256:</c> may stand in front).</summary>
    /// <exception cref="FormatException">Not 64 hex digits.</exception>
    public static InstanceAnchor Fingerprint(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        const string Prefix = "sha256:";
        var digits = hex.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? hex[Prefix.Length..] : hex;
        var hash = new byte[32];
        return digits.Length == 64 && Convert.FromHexString(digits, hash, out _, out _) == System.Buffers.OperationStatus.Done
            ? new RootHash(hash)
            : throw new FormatException($"fingerprint '{hex}': the 64 hex digits of the SHA-256 of 1.root.json were expected");
    }

    /// <summary>Whatever 1.root.json the URL gives now: safe only where nobody stands between. Needs https, or http to this machine.</summary>
    public static InstanceAnchor TrustOnFirstUseUnsafe { get; } = new FirstUse();

    internal sealed record RootFile(ReadOnlyMemory<byte> Bytes) : InstanceAnchor;

    internal sealed record RootHash(byte[] Sha256) : InstanceAnchor;

    internal sealed record FirstUse : InstanceAnchor;
}
