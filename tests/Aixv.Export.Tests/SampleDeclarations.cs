using Aixv.Export.Dossiers;

namespace Aixv.Export.Tests;

/// <summary>What the publishers of the samples declare.</summary>
internal static class SampleDeclarations
{
    public static DeclaredFacts Of(string sample) => sample switch
    {
        Samples.Full => Full,
        Samples.Hostile => Hostile,
        _ => DeclaredFacts.None,
    };

    private static DeclaredFacts Full { get; } = new()
    {
        Licence = "Apache-2.0",
        Description = "A model for demonstrations.",
        Supplier = new DeclaredParty("Acme", "https://acme.example", "models@acme.example"),
        Authors = [new DeclaredParty("Ada Example", "https://people.example/ada", IsPerson: true), new DeclaredParty("Acme")],
        ReleasedAt = new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero),
        Homepage = "https://hub.example/acme/demo-model",
        DownloadLocation = "https://hub.example/acme/demo-model/model.safetensors",
        Task = "text-generation",
        ArchitectureFamily = "transformer",
        Architecture = "LlamaForCausalLM",
        Library = "transformers",
        Languages = ["en", "de"],
        IntendedUse = "Demonstrations.",
        Limitations = "It knows nothing.",
        Format = "safetensors",
        Precision = "bfloat16",
        ParameterSize = "7b",
        Datasets =
        [
            Dataset("acme/instructions", 18_000_000),
            Dataset("acme/held-out", 1_000_000),
        ],
    };

    private static DeclaredDataset Dataset(string name, long size) => new()
    {
        Name = name,
        Description = $"The dataset {name}.",
        Licence = "CC-BY-4.0",
        Url = $"https://hub.example/datasets/{name}",
        ContentUrl = $"https://hub.example/datasets/{name}/data.parquet",
        Creator = new DeclaredParty("Acme", "https://acme.example"),
        PublishedAt = new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero),
        CollectedAt = new DateTimeOffset(2025, 11, 1, 0, 0, 0, TimeSpan.Zero),
        MediaType = "application/vnd.apache.parquet",
        Size = size,
    };

    private static DeclaredFacts Hostile { get; } = new()
    {
        Licence = Samples.HostileText,
        Description = Samples.HostileText,
        Supplier = new DeclaredParty(Samples.HostileText, Samples.HostileText, Samples.HostileText),
        Authors = [new DeclaredParty(Samples.HostileText, "javascript:alert(1)", IsPerson: true)],
        Homepage = "javascript:alert(1)",
        DownloadLocation = Samples.HostileText,
        Task = Samples.HostileText,
        ArchitectureFamily = Samples.HostileText,
        Architecture = Samples.HostileText,
        Library = Samples.HostileText,
        Languages = [Samples.HostileText],
        IntendedUse = Samples.HostileText,
        Limitations = Samples.HostileText,
        Format = Samples.HostileText,
        Precision = Samples.HostileText,
        ParameterSize = Samples.HostileText,
        Datasets =
        [
            new DeclaredDataset
            {
                Name = Samples.HostileText,
                Description = Samples.HostileText,
                Licence = Samples.HostileText,
                Url = Samples.HostileText,
                ContentUrl = Samples.HostileText,
                Creator = new DeclaredParty(Samples.HostileText),
                MediaType = Samples.HostileText,
            },
        ],
    };
}
