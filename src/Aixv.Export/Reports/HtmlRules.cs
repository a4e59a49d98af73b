using System.Xml;
using System.Xml.Linq;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Reports;

/// <summary>What must hold for a report: well-formed, no script, nothing from elsewhere, one main heading, ids once.</summary>
internal static class HtmlRules
{
    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "iframe", "object", "embed", "link", "base", "form", "img", "image", "audio", "video", "frame", "use", "foreignObject", "animate", "set",
    };

    public static IEnumerable<string> Faults(string text)
    {
        var (page, fault) = Read(text);
        return page is null ? [fault!] : Faults(page);
    }

    private static (XDocument? Page, string? Fault) Read(string text)
    {
        try
        {
            // The DOCTYPE of HTML names no DTD; one that declares anything is not read.
            using var reader = XmlReader.Create(
                new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersFromEntities = 1 });
            return (XDocument.Load(reader, LoadOptions.SetLineInfo), null);
        }
        catch (XmlException e)
        {
            return (null, $"not well-formed: {e.Message}");
        }
    }

    private static IEnumerable<string> Faults(XDocument page)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in page.Descendants())
        {
            var place = $"line {((IXmlLineInfo)element).LineNumber}: {element.Name.LocalName}";
            if (Forbidden.Contains(element.Name.LocalName))
            {
                yield return $"{place}: a report holds no such element";
            }

            foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
            {
                var name = attribute.Name.LocalName;
                if (name == "id" && !ids.Add(attribute.Value))
                {
                    yield return $"{place}: the id {attribute.Value} is there twice";
                }

                if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || name is "style" or "src" or "srcset" or "srcdoc" or "background" or "ping")
                {
                    yield return $"{place}: a report has no attribute {name}";
                }

                if (name == "href" && Uris.WebOrNull(attribute.Value) is null && !attribute.Value.StartsWith('#'))
                {
                    yield return $"{place}: a link leads to the web or within the page";
                }
            }
        }

        foreach (var (name, count) in new[] { ("h1", 1), ("title", 1), ("main", 1) })
        {
            if (page.Descendants().Count(e => e.Name.LocalName == name && e.Name.Namespace == page.Root!.Name.Namespace) != count)
            {
                yield return $"exactly one {name} is expected";
            }
        }

        if (page.Descendants().Any(e => e.Name.LocalName == "style" && (e.Value.Contains("@import", StringComparison.OrdinalIgnoreCase) || e.Value.Contains("//", StringComparison.Ordinal))))
        {
            yield return "style: nothing is loaded from elsewhere";
        }
    }
}
