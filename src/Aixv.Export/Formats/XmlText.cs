using System.Text;
using System.Xml;

namespace Aixv.Export.Formats;

/// <summary>Untrusted text for XML 1.0, which has no form at all for some characters.</summary>
public static class XmlText
{
    /// <summary>The text with every character that XML 1.0 forbids replaced by U+FFFD.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        }

        return result.ToString();
    }
}
