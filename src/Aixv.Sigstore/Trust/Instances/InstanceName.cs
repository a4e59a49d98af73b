using System.Text.RegularExpressions;

namespace Aixv.Sigstore.Trust.Instances;

/// <summary>The name of an instance: also the name of its folder, so it must not be able to leave it.</summary>
internal static partial class InstanceName
{
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }

    /// <exception cref="FormatException">Not of the form <c>[a-z0-9][a-z0-9._-]{0,63}</c>.</exception>
    internal static string Parse(string text) => Form.IsMatch(text)
        ? text
        : throw new FormatException(
            $"instance name '{text}': 1 to 64 lower-case letters, digits, '.', '_' and '-' were expected, the first a letter or digit");
}
