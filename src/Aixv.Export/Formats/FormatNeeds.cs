namespace Aixv.Export.Formats;

/// <summary>What formats need, in words.</summary>
public static class FormatNeeds
{
    /// <summary>Each a phrase for people, such as <c>a decision (--policy FILE)</c>; empty for a format that can always be written.</summary>
    public static IReadOnlyList<string> Of(ExportFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return [.. NeedsCheck.Words(format.Needs)];
    }
}
