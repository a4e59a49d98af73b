namespace Aixv.Transparency.Checkpoints;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">The key's name, as the signer writes it: not checked by anything but the signature's key id.</param>
/// <param name="KeyId">4 bytes.</param>
/// <param name="Signature">At least 1 byte; its form depends on the kind of key.</param>
public sealed record NoteSignature(string Name, ReadOnlyMemory<byte> KeyId, ReadOnlyMemory<byte> Signature)
{
    internal const int KeyIdLength = 4;

    public bool Equals(NoteSignature? other) => other is not null && Name == other.Name
        && KeyId.Span.SequenceEqual(other.KeyId.Span) && Signature.Span.SequenceEqual(other.Signature.Span);

    public override int GetHashCode() => HashCode.Combine(Name, KeyId.Length, Signature.Length);
}
