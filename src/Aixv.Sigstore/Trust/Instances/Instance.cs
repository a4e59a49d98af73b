namespace Aixv.Sigstore.Trust.Instances;

/// <summary>A Sigstore deployment that is known by name.</summary>
/// <param name="Url">Its TUF repository.</param>
/// <param name="InitialRoot">The TUF root that trust in it begins with.</param>
/// <param name="Embedded">The copy of its trusted root that ships with the program, if any.</param>
internal sealed record Instance(string Name, Uri Url, ReadOnlyMemory<byte> InitialRoot, EmbeddedTrust? Embedded)
{
    internal bool IsBuiltIn => Embedded is not null;
}
