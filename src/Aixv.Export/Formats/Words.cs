using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;

namespace Aixv.Export.Formats;

/// <summary>The protocol's words for its closed choices.</summary>
public static class Words
{
    public static string ToWord(this Severity severity) => severity switch
    {
        Severity.Low => "low",
        Severity.Medium => "medium",
        Severity.High => "high",
        Severity.Critical => "critical",
    };

    public static string ToWord(this AdvisoryStatus status) => status switch
    {
        AdvisoryStatus.Active => "active",
        AdvisoryStatus.Mitigated => "mitigated",
        AdvisoryStatus.Withdrawn => "withdrawn",
    };

    public static string ToWord(this AdvisoryClass kind) => kind switch
    {
        AdvisoryClass.Weights => "weights",
        AdvisoryClass.Tokenizer => "tokenizer",
        AdvisoryClass.Dataset => "dataset",
        AdvisoryClass.Licence => "licence",
        AdvisoryClass.Other => "other",
    };

    public static string ToWord(this Decision decision) => decision switch
    {
        Decision.Allow => "allow",
        Decision.Deny => "deny",
        Decision.AllowWithWaiver => "allow-with-waiver",
    };
}
