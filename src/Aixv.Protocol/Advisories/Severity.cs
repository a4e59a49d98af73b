namespace Aixv.Protocol.Advisories;

/// <summary>How bad it is; the order counts.</summary>
public enum Severity
{
    Low = 1,
    Medium,
    High,
    Critical,
}
