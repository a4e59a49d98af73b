using System.Text.Json.Nodes;

namespace Aixv.Export.Boms;

/// <summary>Whether the AI and dataset profiles of SPDX 3.0.1 can be claimed.</summary>
internal sealed class Spdx3Profiles(Spdx3Graph graph, Inventory inventory)
{
    /// <summary>The profiles that cannot be claimed, with a sentence that says why.</summary>
    public IEnumerable<(string Profile, string Why)> Unmet()
    {
        var packages = inventory.Items.Select(i => (Item: i, Package: graph.Add("", $"package/{i.Id}"))).ToList();
        var models = packages.Where(p => TypeOf(p.Package) == "ai_AIPackage").ToList();
        var datasets = packages.Where(p => TypeOf(p.Package) == "dataset_DatasetPackage").ToList();
        if (models.Count == 0)
        {
            yield return ("ai", "The profile 'ai' is not claimed: the artifact is no model.");
        }

        foreach (var lacking in models.Select(p => Spdx3Model.Missing(p.Package).ToList()).Where(m => m.Count > 0))
        {
            yield return ("ai", $"The profile 'ai' is not claimed: the model lacks {string.Join(", ", lacking)}.");
        }

        var incomplete = datasets.Select(p => (p.Item.Reference, Missing: Spdx3Model.MissingOfDataset(p.Package).ToList())).Where(d => d.Missing.Count > 0).ToList();
        if (datasets.Count == 0)
        {
            yield return ("dataset", "The profile 'dataset' is not claimed: no dataset is known.");
        }
        else if (incomplete.Count > 0)
        {
            yield return ("dataset", $"The profile 'dataset' is not claimed: {string.Join("; ", incomplete.Select(d => $"{d.Reference} lacks {string.Join(", ", d.Missing)}"))}.");
        }
    }

    private static string? TypeOf(JsonObject package) => package["type"]?.GetValue<string>();
}
