using System.Text;

namespace Aixv.Cli.Output;

/// <summary>Names of enum members as JSON has them: <c>IdentityMismatch</c> is <c>identity-mismatch</c>.</summary>
internal static class Kebab
{
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var result = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && result.Length > 0)
            {
                result.Append('-');
            }

            result.Append(char.ToLowerInvariant(letter));
        }

        return result.ToString();
    }
}
