using System.Security.Cryptography;
using System.Text;
using Aixv.Protocol.Receipts;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;

namespace Aixv.Protocol.Tests.Receipts;

/// <summary>A log of three entries, the second of which is of interest, and a witness. All of it is the same every time.</summary>
internal sealed class TestRegistry : IDisposable
{
    internal const string Origin = "log.example.org/track";
    internal static readonly DateTimeOffset Made = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    internal static readonly byte[] Statement = Encoding.UTF8.GetBytes(
        """{"actor":"key_1","attachments":[],"content":{"name":"tiny"},"id":"01JZ0000000000000000000000","kind":"model.attested","tenant":"t1","time":"2026-06-01T12:00:00Z"}""");

    internal static readonly byte[] Salt = SHA256.HashData("salt"u8);

    internal TestRegistry()
    {
        Log = new NoteSigner(Origin, LogKey);
        Witness = new CosignatureSigner("witness.example.org", WitnessKey, new FixedTime(Made.AddSeconds(2)));
    }

    internal SigningKey LogKey { get; } = KeyOf(1);

    internal SigningKey WitnessKey { get; } = KeyOf(2);

    internal NoteSigner Log { get; }

    internal CosignatureSigner Witness { get; }

    internal static SigningKey KeyOf(byte seed)
    {
        // RFC 8410 §7: PrivateKeyInfo around 32 bytes of seed.
        byte[] der = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20, .. Enumerable.Repeat(seed, 32)];
        return SigningKey.FromPkcs8(der);
    }

    internal ReceiptLogKey Key(KeyLife? life = null) => new(Log.Verifier, life ?? KeyLife.Unlimited);

    internal ReceiptTrust Trust(int witnesses = 1, KeyLife? life = null) =>
        new([TrustedLogKey.Of(Log.Verifier, life ?? KeyLife.Unlimited)], new([Witness.Verifier], witnesses));

    internal Receipt Receipt(
        EntryLeaf? leaf = null, byte[]? statement = null, byte[]? salt = null, bool isWitnessed = true, KeyLife? life = null)
    {
        statement ??= Statement;
        leaf ??= salt is null ? EntryLeaf.Public(statement, "model.attested") : EntryLeaf.Salted(salt, statement);
        MerkleHash[] leaves = [MerkleTree.HashLeaf("a"u8), leaf.ToMerkleHash(), MerkleTree.HashLeaf("c"u8)];
        var root = MerkleTree.HashChildren(MerkleTree.HashChildren(leaves[0], leaves[1]), leaves[2]);
        var note = Log.Sign(new Checkpoint(Origin, 3, root, []).ToText());
        note = isWitnessed ? Witness.Sign(note) : note;
        return Protocol.Receipts.Receipt.Create(
            statement, salt ?? [], leaf.ToBytes(), new InclusionProof(1, 3, [leaves[0], leaves[2]]), note, Key(life));
    }

    public void Dispose()
    {
        LogKey.Dispose();
        WitnessKey.Dispose();
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
