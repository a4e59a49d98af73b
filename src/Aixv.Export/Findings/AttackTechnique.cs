namespace Aixv.Export.Findings;

/// <summary>A technique of MITRE ATT&amp;CK or ATLAS.</summary>
/// <param name="Id">Such as <c>T1195.002</c> or <c>AML.T0020</c>.</param>
/// <param name="Name">As the knowledge base names it.</param>
/// <param name="Tactic">The tactic that it serves here, by the knowledge base's id.</param>
internal sealed record AttackTechnique(string Id, string Name, string Tactic)
{
    public bool IsAtlas => Id.StartsWith("AML.", StringComparison.Ordinal);

    /// <summary>The page that describes it.</summary>
    public string Url => IsAtlas
        ? $"https://atlas.mitre.org/techniques/{Id}"
        : $"https://attack.mitre.org/techniques/{Id.Replace('.', '/')}";
}
