namespace Aixv.Transparency.Checkpoints;

/// <summary>The rule for key names in notes (C2SP signed-note): not empty, no white space, no plus sign.</summary>
internal static class NoteName
{
    internal static bool IsValid(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (c == '+' || char.IsWhiteSpace(c) || char.IsControl(c))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }

    internal static string Require(string name) => IsValid(name)
        ? name
        : throw new ArgumentException($"note: key name '{name}' must not be empty or hold spaces, control characters or '+'", nameof(name));
}
