using System.Globalization;
using System.Text;

namespace Aixv.Bench.Rows;

/// <summary>A hub's models of a seed, as its API lists them: few bases with huge fans, chains of fine-tunes and quantisations, datasets, one file of weights each.</summary>
internal sealed class HubDump(int models, ulong seed)
{
    /// <summary>The first model's direct descendants.</summary>
    public const int Fan = 100_000;

    private const int Datasets = 20_000;
    private static readonly string[] Words = ["llama", "mistral", "qwen", "gemma", "phi", "chat", "instruct", "coder", "math", "vision", "7b", "13b", "70b", "gguf", "awq", "lora", "sft", "dpo", "v1", "v2"];
    private static readonly string[] Relations = ["finetune", "quantized", "adapter", "merge"];
    private static readonly string[] Links = ["fine_tuned_from", "quantized_from", "adapted_from", "merged_from"];
    private static readonly string[] Licences = ["apache-2.0", "mit", "llama3", "cc-by-4.0", "other"];
    private ulong state = seed;

    public int Models => models;

    /// <summary>Of model <paramref name="number"/>, known from its number alone.</summary>
    public static string DigestOf(int number)
    {
        Span<byte> key = stackalloc byte[32];
        LineageWorld.Key(number, key);
        return Convert.ToHexStringLower(key);
    }

    public static string NameOf(int number)
    {
        var mix = Mix((ulong)number);
        return string.Create(
            CultureInfo.InvariantCulture, $"org{mix % 30_000}/{Words[(int)((mix >> 20) % 10)]}-{Words[10 + (int)((mix >> 30) % 10)]}-{Words[(int)((mix >> 40) % 20)]}-{number}");
    }

    /// <summary>The models, each as one JSON object; edges are two a model, but of the first.</summary>
    public IEnumerable<byte[]> Lines()
    {
        for (var number = 0; number < models; number++)
        {
            yield return Encoding.UTF8.GetBytes(LineOf(number));
        }
    }

    /// <summary>The same as the nodes of a registry's batches.</summary>
    public IEnumerable<string> Nodes()
    {
        for (var number = 0; number < models; number++)
        {
            var (parent, relation, dataset) = (ParentOf(number), Links[Below(4)], Below(Datasets));
            var links = parent < 0 ? "" : $$"""["{{relation}}","hf://{{NameOf(parent)}}"],""";
            yield return string.Create(CultureInfo.InvariantCulture, $$$"""
                {"id":"hf://{{{NameOf(number)}}}","name":"{{{NameOf(number)}}}","kind":"model","digest":"sha256:{{{DigestOf(number)}}}","properties":{"licence":"{{{Licences[Below(5)]}}}","downloads":"{{{(int)(1 / (Unit() + 1e-6))}}}"},"links":[{{{links}}}["trained_on","hf://datasets/org/data-{{{dataset}}}"]]}
                """);
        }
    }

    /// <summary>The first is the base of the huge fan; every third of the rest comes from one of the early ones, the others from any before.</summary>
    private int ParentOf(int number) =>
        number == 0 ? -1 : number <= Math.Min(Fan, models / 2) ? 0 : (int)((number - 1) * Math.Pow(Unit(), Below(3) == 0 ? 6 : 1.5));

    private string LineOf(int number)
    {
        var parent = ParentOf(number);
        var bases = parent < 0 ? "" : $$""","base_model":"{{NameOf(parent)}}","base_model_relation":"{{Relations[Below(4)]}}" """;
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"id":"{{{NameOf(number)}}}","downloads":{{{(int)(1 / (Unit() + 1e-6))}}},"likes":{{{Below(100)}}},"lastModified":"2026-01-01T00:00:00.000Z","pipeline_tag":"text-generation","library_name":"transformers","tags":["transformers","license:{{{Licences[Below(5)]}}}"]{{{bases}}},"datasets":["org{{{Below(500)}}}/data-{{{Below(Datasets)}}}"],"siblings":[{"rfilename":"config.json"},{"rfilename":"model.safetensors","lfs":{"sha256":"{{{DigestOf(number)}}}"}}]}
            """);
    }

    private int Below(int end) => (int)(Next() % (ulong)end);

    private double Unit() => (Next() >> 11) / (double)(1UL << 53);

    private ulong Next()
    {
        unchecked
        {
            return Mix(state += 0x9E3779B97F4A7C15);
        }
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
