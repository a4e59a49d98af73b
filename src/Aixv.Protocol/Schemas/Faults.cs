namespace Aixv.Protocol.Schemas;

/// <summary>What is wrong with a document, place by place.</summary>
internal sealed class Faults
{
    private const int MaximumShown = 20;
    private readonly List<string> found = [];

    public bool IsEmpty => found.Count == 0;

    /// <param name="path">The JSON path, as <c>$.datasets[0].digest</c>.</param>
    /// <param name="message">What was found and what is allowed.</param>
    public void Add(string path, string message) => found.Add(path.Length == 0 ? message : $"{path}: {message}");

    public override string ToString()
    {
        var more = found.Count > MaximumShown ? $"; and {found.Count - MaximumShown} more" : "";
        return string.Join("; ", found.Take(MaximumShown)) + more;
    }

    /// <exception cref="FormatException">Something is wrong; the message names every place.</exception>
    public void ThrowIfAny(string what)
    {
        if (!IsEmpty)
        {
            throw new FormatException($"invalid {what}: {this}");
        }
    }
}
