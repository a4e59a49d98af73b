using Aixv.Export.Attestations;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>How OpenSSF Model Signing names a model: by the digest of its files' digests, also where it is a single file.</summary>
public static class ModelRoot
{
    /// <summary>The type of its statements.</summary>
    public const string PredicateType = ModelSigning.Type;

    /// <summary>The name of a model that is this one file.</summary>
    public static Digest OfFile(Digest file) => ModelSigning.Root([file]);
}
