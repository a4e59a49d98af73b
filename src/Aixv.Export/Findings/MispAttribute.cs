namespace Aixv.Export.Findings;

/// <summary>An attribute of a MISP event. Its UUID follows from type and value.</summary>
/// <param name="ToIds">Whether detection systems should look for it.</param>
internal sealed record MispAttribute(string Type, string Category, string Value, string Comment, bool ToIds);
