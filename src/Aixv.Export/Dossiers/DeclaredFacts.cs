using System.Collections.Immutable;

namespace Aixv.Export.Dossiers;

/// <summary>What the publisher declares without proof, from a metadata file or a model card. Formats that need such fields take them from here. All text is untrusted.</summary>
public sealed record DeclaredFacts
{
    /// <summary>Nothing is declared.</summary>
    public static DeclaredFacts None { get; } = new();

    /// <summary>An SPDX licence expression.</summary>
    public string? Licence { get; init; }

    public string? Description { get; init; }

    /// <summary>Who supplies the artifact: an organisation or a person.</summary>
    public DeclaredParty? Supplier { get; init; }

    public ImmutableArray<DeclaredParty> Authors { get; init; } = [];

    public DateTimeOffset? ReleasedAt { get; init; }

    public string? Homepage { get; init; }

    public string? DownloadLocation { get; init; }

    /// <summary>Such as <c>text-generation</c>.</summary>
    public string? Task { get; init; }

    /// <summary>Such as <c>transformer</c>.</summary>
    public string? ArchitectureFamily { get; init; }

    /// <summary>Such as <c>LlamaForCausalLM</c>.</summary>
    public string? Architecture { get; init; }

    /// <summary>Such as <c>transformers</c>.</summary>
    public string? Library { get; init; }

    /// <summary>BCP 47 tags.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    public string? IntendedUse { get; init; }

    public string? Limitations { get; init; }

    /// <summary>Such as <c>safetensors</c>.</summary>
    public string? Format { get; init; }

    /// <summary>Such as <c>bfloat16</c>.</summary>
    public string? Precision { get; init; }

    /// <summary>Such as <c>7b</c>.</summary>
    public string? ParameterSize { get; init; }

    public ImmutableArray<DeclaredDataset> Datasets { get; init; } = [];

    public bool IsEmpty => this == None;

    public bool Equals(DeclaredFacts? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
