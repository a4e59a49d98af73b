namespace Aixv.Export.Formats;

/// <summary>What a format is for.</summary>
public enum ExportCategory
{
    Attestation = 1,
    Bom,
    Finding,
    Governance,
    Graph,
    Catalog,
    Report,
    Operation,
}
