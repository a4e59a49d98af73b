using System.Collections.Immutable;

namespace Aixv.Export.Assessments;

/// <summary>The frameworks that evidence can be held against.</summary>
public static class Frameworks
{
    public static ImmutableArray<Framework> All { get; } =
    [
        EuAiActAnnexIv.Value,
        EuAiActAnnexXi.Value,
        NistAiRmf.Value,
        Iso42001.Value,
        G7SbomForAi.Value,
        CosaiMaturity.Value,
    ];

    /// <summary>The framework of this id, or null.</summary>
    public static Framework? Find(string id) => All.FirstOrDefault(framework => framework.Id == id);
}
