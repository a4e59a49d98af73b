using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;

namespace Aixv.Track.Pages;

/// <summary>JSON inside HTML: in it, <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> are only ever within texts, where they can be written as escapes.</summary>
internal static class PageData
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("<>&"u8);

    public static string Write(JsonObject json) => Escape(SortedJson.Serialize(json));

    public static string Escape(ReadOnlySpan<byte> json)
    {
        var text = new StringBuilder(json.Length + (json.Length / 32));
        while (json.IndexOfAny(Special) is var at and >= 0)
        {
            text.Append(Encoding.UTF8.GetString(json[..at])).Append(json[at] switch
            {
                (byte)'<' => "\\u003c",
                (byte)'>' => "\\u003e",
                _ => "\\u0026",
            });
            json = json[(at + 1)..];
        }

        return text.Append(Encoding.UTF8.GetString(json)).ToString();
    }
}
