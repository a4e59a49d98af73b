using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Schemas;

/// <summary>A SHA-256 digest; what is read becomes <c>sha256:</c> and 64 lower-case hex digits.</summary>
internal sealed class DigestShape : Shape
{
    protected internal override string Expected => "a string";

    public override JsonObject ToSchema() => new()
    {
        ["type"] = "string",
        ["pattern"] = @"^\s*([sS][hH][aA]256:)?[0-9a-fA-F]{64}\s*$",
        ["description"] = "Written as sha256: and 64 lower-case hex digits; upper case, no prefix and space around it are read too.",
    };

    public override JsonNode Read(JsonNode value, string path, Faults faults)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            return Fault(value, path, faults);
        }

        var text = value.GetValue<string>();
        if (Digest.TryParse(text, out var digest))
        {
            return digest.ToString() == text ? value : digest.ToString();
        }

        faults.Add(path, string.IsNullOrWhiteSpace(text) ? "is empty; leave out what is not known"
            : IsCommit(text) ? $"{text.Trim()} is a git commit id, not a SHA-256 digest of bytes; it belongs in code_uri, as repo@{Hex(text)}"
            : $"invalid sha256 digest: {Shorten(text)}");
        return value;
    }

    private static bool IsCommit(string text) => Hex(text) is { Length: 40 } hex && hex.All(char.IsAsciiHexDigit);

    private static string Hex(string text) => text.Trim()[(text.Trim().LastIndexOf(':') + 1)..];
}
