using System.Text;

namespace Aixv.Track.Pages;

/// <summary>What all pages have in common: head, header, data block and scripts.</summary>
/// <param name="url">The base URL that clients use.</param>
/// <param name="assets">Script and style.</param>
internal sealed class PageFrame(string url, PageAssets assets)
{
    private const string Name = "AIXV Track";

    public byte[] Write(Page page)
    {
        var html = new Html();
        html.Add($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{page.Title} · {Name}</title>\n<meta name=\"description\" content=\"{page.Description}\">\n");
        html.Add($"<meta property=\"og:site_name\" content=\"{Name}\">\n<meta property=\"og:type\" content=\"website\">\n<meta property=\"og:title\" content=\"{page.Title}\">\n<meta property=\"og:description\" content=\"{page.Description}\">\n<meta name=\"twitter:card\" content=\"summary\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<link rel=\"icon\" href=\"{assets.Icon}\" type=\"image/svg+xml\">\n");
        if (page.Address is { } address)
        {
            html.Add($"<link rel=\"canonical\" href=\"{url + address}\">\n<meta property=\"og:url\" content=\"{url + address}\">\n");
        }
        else
        {
            html.Add($"<meta name=\"robots\" content=\"noindex\">\n");
        }

        if (page.Image is { } image)
        {
            html.Add($"<meta property=\"og:image\" content=\"{url + image}\">\n");
        }

        AddAssets(html);
        html.Add($"</head>\n<body>\n<header id=\"top\"><a href=\"/\">{Name}</a> <form action=\"/\" role=\"search\"><input name=\"q\" type=\"search\" aria-label=\"Search\" placeholder=\"Name, digest, signer or dataset\" value=\"{page.Query}\"> <button>Search</button></form></header>\n");
        html.Add($"<main id=\"app\">\n{page.Content}\n</main>\n<footer id=\"end\"><a href=\"/openapi/v1.json\">API</a> · <a href=\"/log/checkpoint\">log checkpoint</a> · <a href=\"/log/key\">log key</a></footer>\n");

        // Everything in a data block is text of JSON, in which nothing can end the element.
        var end = new StringBuilder(html.ToString());
        if (page.Linked is { } linked)
        {
            end.Append("<script type=\"application/ld+json\">").Append(PageData.Write(linked)).Append("</script>\n");
        }

        end.Append("<script type=\"application/json\" id=\"aixv-data\">").Append(PageData.Write(page.Data)).Append("</script>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(end.ToString());
    }

    private void AddAssets(Html html)
    {
        if (assets.Theme is { } theme)
        {
            html.Add($"<script src=\"{theme}\"></script>\n");
        }

        foreach (var style in assets.Styles)
        {
            html.Add($"<link rel=\"stylesheet\" href=\"{style}\">\n");
        }

        if (assets.Script is { } script)
        {
            html.Add($"<script type=\"module\" src=\"{script}\"></script>\n");
        }
    }
}
