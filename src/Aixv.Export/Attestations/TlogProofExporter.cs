using System.Globalization;
using System.Text;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Export.Attestations;

/// <summary>c2sp.org/tlog-proof@v1: that the signature is in the log, for verifiers that know logs and nothing of Sigstore.</summary>
internal sealed class TlogProofExporter() : TextExporter(
    new("c2sp-tlog-proof", "C2SP transparency log proof", "v1", "text/plain", ".tlog-proof", ExportCategory.Attestation) { Needs = ExportNeeds.InclusionProof, IsSignedEvidence = true })
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const int HashLength = 32;

    /// <summary>The longest path between a leaf and the root of a tree of 64-bit size.</summary>
    private const int MaximumHashes = 64;

    /// <summary>The extra line, which nothing authenticates, is the digest of the bundle that the entry is of.</summary>
    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        var bundle = dossier.Bundles.First(b => b.LogEntry is not null);
        var proof = bundle.LogEntry!.Inclusion!;
        writer.WriteLine(Header);
        writer.WriteLine($"extra {Convert.ToBase64String(bundle.Digest.ToBytes())}");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"index {proof.LogIndex}"));
        foreach (var hash in proof.Hashes)
        {
            writer.WriteLine(Convert.ToBase64String(hash.Span));
        }

        writer.WriteLine();
        writer.Write(proof.Checkpoint);
    }

    public override bool Recognizes(DocumentProbe document) => document.Text?.StartsWith($"{Header}\n", StringComparison.Ordinal) == true;

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        var text = document.Text!;
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = (end < 0 ? text : text[..end]).Split('\n');
        var place = 1;
        if (lines.Length > place && lines[place].StartsWith("extra ", StringComparison.Ordinal))
        {
            if (Decode(lines[place]["extra ".Length..]) is null)
            {
                yield return "line 2: base64 is expected after 'extra '";
            }

            place++;
        }

        var index = lines.Length > place && lines[place].StartsWith("index ", StringComparison.Ordinal) ? lines[place]["index ".Length..] : null;
        var isIndex = ulong.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == index;
        if (!isIndex)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"line {place + 1}: 'index ' and a decimal without leading zeroes are expected");
        }

        var hashes = lines.Skip(place + 1).ToList();
        for (var i = 0; i < hashes.Count; i++)
        {
            if (Decode(hashes[i])?.Length != HashLength)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"line {place + 2 + i}: the base64 of a hash of {HashLength} bytes is expected");
            }
        }

        if (hashes.Count > MaximumHashes)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{hashes.Count} hashes: no tree is deeper than {MaximumHashes}");
        }

        foreach (var fault in end < 0 ? ["an empty line and a checkpoint are expected"] : CheckpointFaults(text[(end + 2)..], isIndex ? number : null))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> CheckpointFaults(string checkpoint, ulong? index)
    {
        string? fault = null;
        ulong size = 0;
        try
        {
            size = Checkpoint.Parse(SignedNote.Parse(Encoding.UTF8.GetBytes(checkpoint)).Text.Span).Size;
        }
        catch (FormatException e)
        {
            fault = $"checkpoint: {e.Message}";
        }

        if (fault is not null)
        {
            yield return fault;
        }
        else if (index >= size)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"index {index} is not in a tree of size {size}");
        }
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return !text.AsSpan().ContainsAny(" \t\r") && Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
