using System.Text;
using System.Text.Json.Nodes;

namespace Aixv.Sigstore.Tests.Transport;

internal sealed record FakeRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal string Path => Target.Split('?')[0];

    internal JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The fields of a form.</summary>
    internal Dictionary<string, string> Form => Fields(Encoding.UTF8.GetString(Body));

    /// <summary>The fields of a query or form.</summary>
    internal static Dictionary<string, string> Fields(string text) => text.Split('&').Select(f => f.Split('=', 2))
        .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1].Replace('+', ' ')));
}
