using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Tiles;
using FsCheck;
using FsCheck.Fluent;

namespace Aixv.Transparency.Tests;

/// <summary>Whatever is read from outside is read or refused, never an accident; what is read prints as it was.</summary>
public sealed class HostileBytesTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20261121, 1, 60);

    private static readonly byte[] Note = Encoding.UTF8.GetBytes(
        "log.example\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u2014 log.example AQIDBAUGBwg=\n\u2014 witness AQIDBAUGBwg=\n");

    /// <summary>A sound input with a few bytes replaced, put in or taken out.</summary>
    private static Arbitrary<byte[]> Mutants(byte[] sound) =>
        Gen.Choose(0, sound.Length - 1).Zip(Gen.Choose(0, 255)).Zip(Gen.Choose(0, 2)).ListOf().Select(changes =>
        {
            var bytes = sound.ToList();
            foreach (var ((at, value), kind) in changes.Take(4))
            {
                if (kind == 0)
                {
                    bytes[at % bytes.Count] = (byte)value;
                }
                else if (kind == 1)
                {
                    bytes.Insert(at % bytes.Count, (byte)value);
                }
                else if (bytes.Count > 1)
                {
                    bytes.RemoveAt(at % bytes.Count);
                }
            }

            return bytes.ToArray();
        }).ToArbitrary();

    [Fact]
    public void Notes_and_checkpoints_print_as_they_were_read() => Check.One(Seeded, Prop.ForAll(Mutants(Note), bytes =>
        (!SignedNote.TryParse(bytes, out var note, out _) || note.ToBytes().AsSpan().SequenceEqual(bytes))
        && (note is null || !Checkpoint.TryParse(note.Text.Span, out var checkpoint, out _) || checkpoint.ToText().AsSpan().SequenceEqual(note.Text.Span))));

    [Fact]
    public void Tile_paths_print_as_they_were_read() => Check.One(Seeded, Prop.ForAll(Mutants("tile/1/x001/234.p/7"u8.ToArray()), bytes =>
        Encoding.Latin1.GetString(bytes) is var text && (!TilePath.TryParse(text, out var path) || path.ToString() == text)));

    [Fact]
    public void Tile_paths_of_every_index_are_read_back() => Check.One(Seeded, Prop.ForAll<ulong, byte>((index, width) =>
        TilePath.Hashes(3, index, width + 1) is var path && TilePath.Parse(path.ToString()) == path));

    [Fact]
    public void Bundles_are_read_or_refused() => Check.One(Seeded, Prop.ForAll<byte[], byte>((bytes, count) =>
        !EntryBundle.TryRead(bytes ?? [], count, out var entries) || entries.Value.Sum(entry => entry.Length + 2) == bytes!.Length));

    [Fact]
    public void Keys_are_read_or_refused_as_malformed()
    {
        using var ecdsa = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        using var ed25519 = SigningKey.Generate(KeyAlgorithm.Ed25519);
        foreach (var sound in new[] { ecdsa.PublicKey.Spki.ToArray(), ed25519.PublicKey.Spki.ToArray() })
        {
            Check.One(Seeded, Prop.ForAll(Mutants(sound), IsReadOrRefused));
        }
    }

    private static bool IsReadOrRefused(byte[] der)
    {
        try
        {
            return PublicKey.FromSpki(der).Spki.Span.SequenceEqual(der);
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
