using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Records;

/// <summary>The name of a record, safe as a file name: letters, digits, dot, dash and underscore, at most 128 characters.</summary>
/// <remarks>Not <c>.</c> or <c>..</c>, and not with <c>.sigstore</c> at its end, where the bundle of another record would stand.</remarks>
public sealed partial record RecordId : IParsable<RecordId>
{
    private const string Rule = @"^(?!\.{1,2}$)(?!.*\.[sS][iI][gG][sS][tT][oO][rR][eE]$)[A-Za-z0-9._-]{1,128}$";

    private RecordId(string value) => Value = value;

    internal static TextShape Shape { get; } = new(Pattern, "^[A-Za-z0-9._-]{1,128}$, neither . nor .., nor ending in .sigstore");

    public string Value { get; }

    public override string ToString() => Value;

    [GeneratedRegex(Rule, RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }

    /// <exception cref="FormatException">Not such a name.</exception>
    public static RecordId Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var id)
        ? id
        : throw new FormatException($"invalid record_id: must match ^[A-Za-z0-9._-]{{1,128}}$, and be neither . nor .. nor end in .sigstore: {Schemas.Shape.Shorten(s)}");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out RecordId? result)
    {
        // $ of .NET matches before a last line feed as well; a line feed is not among the letters, but the anchor lets it pass.
        result = s is not null && !s.EndsWith('\n') && Pattern.IsMatch(s) ? new RecordId(s) : null;
        return result is not null;
    }
}
