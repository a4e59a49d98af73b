using System.Xml;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Reports;

/// <summary>Writes HTML5 that is well-formed XML too, so that no text can leave its place.</summary>
internal sealed class HtmlWriter(XmlWriter xml)
{
    private const string Html = "http://www.w3.org/1999/xhtml";
    private const string Svg = "http://www.w3.org/2000/svg";
    private string space = Html;

    /// <summary>Begins an element; <see cref="End"/> ends it.</summary>
    public HtmlWriter Begin(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        space = name == "svg" ? Svg : space;
        xml.WriteStartElement(name, space);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                xml.WriteAttributeString(attribute, value);
            }
        }

        return this;
    }

    public HtmlWriter End()
    {
        xml.WriteFullEndElement();
        return this;
    }

    /// <summary>Ends the picture.</summary>
    public void EndSvg()
    {
        End();
        space = Html;
    }

    /// <summary>An element that HTML closes itself: <c>meta</c>, <c>br</c>.</summary>
    public void Void(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Begin(name, attributes);
        xml.WriteEndElement();
    }

    /// <summary>Text of our own.</summary>
    public HtmlWriter Text(string text)
    {
        xml.WriteString(text);
        return this;
    }

    /// <summary>Text of our own that HTML takes as it is, such as a style.</summary>
    public HtmlWriter Raw(string text)
    {
        xml.WriteRaw(text);
        return this;
    }

    /// <summary>Untrusted text.</summary>
    public HtmlWriter Shown(string text, int maximum = 240) => Text(ShownText.Of(text, maximum));

    /// <summary>An element with text of our own in it.</summary>
    public HtmlWriter Element(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes) => Begin(name, attributes).Text(text).End();

    /// <summary>Untrusted text, apart from its surroundings in the direction of reading.</summary>
    public HtmlWriter Name(string text, int maximum = 240) => Begin("bdi").Shown(text, maximum).End();

    /// <summary>A digest or another identifier, whole, in a fixed-width face.</summary>
    public HtmlWriter Code(string text) => Begin("code").Shown(text, 400).End();

    public HtmlWriter Code(Digest digest) => Code(digest.ToString());

    /// <summary>A time, kept on one line.</summary>
    public HtmlWriter Time(DateTimeOffset time) => Element("time", time.ToReading(), ("datetime", time.ToRfc3339()));

    /// <summary>An address: a link where it is one of the web, text otherwise.</summary>
    public HtmlWriter Link(string uri)
    {
        if (Uris.WebOrNull(uri) is { } web)
        {
            return Begin("a", ("href", web), ("rel", "noreferrer noopener")).Shown(uri).End();
        }

        return Name(uri);
    }

    /// <summary>A row of a table whose cells are filled in turn.</summary>
    public void Row(params ReadOnlySpan<Action<HtmlWriter>> cells)
    {
        Begin("tr");
        foreach (var cell in cells)
        {
            Begin("td");
            cell(this);
            End();
        }

        End();
    }

    /// <summary>A table with its head; <paramref name="rows"/> writes the rows.</summary>
    public void Table(IReadOnlyList<string> head, Action rows)
    {
        Begin("div", ("class", "scroll")).Begin("table").Begin("thead").Begin("tr");
        foreach (var title in head)
        {
            Element("th", title, ("scope", "col"));
        }

        End().End().Begin("tbody");
        rows();
        End().End().End();
    }

    /// <summary>A term and what belongs to it; nothing where that is null.</summary>
    public void Fact<T>(string term, T? value, Action<T> write)
        where T : class
    {
        if (value is not null)
        {
            Element("dt", term).Begin("dd");
            write(value);
            End();
        }
    }

    public void Fact(string term, string? value) => Fact(term, value, text => Name(text));

    public void Fact(string term, Digest? value) => Fact(term, value, digest => Code(digest));

    /// <summary>A section of the page: its heading stands beside it where there is room.</summary>
    public void Section(string id, string title, string? lead, Action body)
    {
        Begin("section", ("id", id)).Begin("h2").Text(title).End().Begin("div", ("class", "body"));
        if (lead is not null)
        {
            Element("p", lead, ("class", "lead"));
        }

        body();
        End().End();
    }
}
