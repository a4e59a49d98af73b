namespace Aixv.Cli.Publishing.Registries;

/// <summary>What a registry asks for before it answers: <c>WWW-Authenticate: Bearer realm="…",service="…",scope="…"</c>, or Basic.</summary>
internal sealed record OciChallenge(string Scheme, string? Realm, string? Service, string? Scope)
{
    /// <summary>Null for a scheme that is not known here.</summary>
    public static OciChallenge? Parse(string? header)
    {
        if (header is null)
        {
            return null;
        }

        var blank = header.IndexOf(' ', StringComparison.Ordinal);
        var scheme = blank < 0 ? header : header[..blank];
        if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return new OciChallenge("Basic", null, null, null);
        }

        if (!scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || blank < 0)
        {
            return null;
        }

        var members = Members(header[(blank + 1)..]);
        return new OciChallenge("Bearer", members.GetValueOrDefault("realm"), members.GetValueOrDefault("service"), members.GetValueOrDefault("scope"));
    }

    /// <summary>RFC 9110 §11.2: <c>name=token</c> or <c>name="text"</c>, with commas between; a comma in the text is text.</summary>
    private static Dictionary<string, string> Members(string text)
    {
        var members = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < text.Length;)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0)
            {
                break;
            }

            var name = text[at..equals].Trim(' ', ',', '\t');
            var quoted = equals + 1 < text.Length && text[equals + 1] == '"';
            var end = quoted ? text.IndexOf('"', equals + 2) : text.IndexOf(',', equals + 1);
            end = end < 0 ? text.Length : end;
            members.TryAdd(name, text[(quoted ? equals + 2 : equals + 1)..end].Trim());
            at = end + 1;
        }

        return members;
    }
}
