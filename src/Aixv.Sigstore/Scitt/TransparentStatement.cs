using System.Collections.Immutable;
using Aixv.Sigstore.Cbor;
using Aixv.Sigstore.Cose;

namespace Aixv.Sigstore.Scitt;

/// <summary>A signed statement with receipts of the transparency services that registered it. Reading one verifies nothing.</summary>
public sealed class TransparentStatement
{
    private const int MaximumReceipts = 32;

    private TransparentStatement(SignedStatement statement, ImmutableArray<CoseReceipt> receipts)
    {
        Statement = statement;
        Receipts = receipts;
    }

    public SignedStatement Statement { get; }

    /// <summary>At least one.</summary>
    public ImmutableArray<CoseReceipt> Receipts { get; }

    /// <summary>A statement with receipts beside what its unprotected header has.</summary>
    /// <param name="receipts">They take the place of receipts that the statement has.</param>
    /// <exception cref="ArgumentException">No receipt.</exception>
    public static TransparentStatement Attach(SignedStatement statement, ImmutableArray<CoseReceipt> receipts)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (receipts.IsDefaultOrEmpty || receipts.Length > MaximumReceipts)
        {
            throw new ArgumentException($"A transparent statement has 1 to {MaximumReceipts} receipts.", nameof(receipts));
        }

        var writer = new CborWriter().WriteArray(receipts.Length);
        foreach (var receipt in receipts)
        {
            writer.WriteBytes(receipt.ToBytes());
        }

        var message = statement.Message.WithUnprotected(statement.Message.Unprotected.WithEncoded(CoseLabels.Receipts, writer.ToBytes()));
        return new TransparentStatement(SignedStatement.From(message), receipts);
    }

    /// <exception cref="FormatException">Not a signed statement, without receipts, or with one that cannot be read.</exception>
    public static TransparentStatement Parse(ReadOnlyMemory<byte> bytes)
    {
        var statement = SignedStatement.From(CoseSign1.Parse(bytes, "transparent statement"));
        if (statement.Message.Unprotected.Reader(CoseLabels.Receipts) is not { } reader)
        {
            throw new FormatException($"transparent statement: the unprotected header has no receipts ({CoseLabels.Receipts})");
        }

        var count = reader.ReadArray();
        if (count is 0 or > MaximumReceipts)
        {
            throw new FormatException($"transparent statement: {count} receipts, expected 1 to {MaximumReceipts}");
        }

        var receipts = ImmutableArray.CreateBuilder<CoseReceipt>(count);
        for (; count > 0; count--)
        {
            receipts.Add(ReadReceipt(reader));
        }

        return new TransparentStatement(statement, receipts.MoveToImmutable());
    }

    /// <summary>Services differ in whether a receipt stands in a byte string or as it is.</summary>
    private static CoseReceipt ReadReceipt(CborReader reader) =>
        CoseReceipt.Parse(reader.Peek() == CborMajorType.Bytes ? reader.ReadBytes() : reader.ReadEncoded());

    /// <summary>The message in deterministic encoding.</summary>
    public byte[] ToBytes() => Statement.ToBytes();
}
