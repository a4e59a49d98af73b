using System.Text.RegularExpressions;

namespace Aixv.Architecture.Tests.Files;

public sealed partial class DocumentTests
{
    [GeneratedRegex(@"\]\(([^)\s#]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [Fact]
    public void Every_project_of_src_says_what_it_is() =>
        Assert.All(Checkout.Projects.Where(p => p.StartsWith("src/", StringComparison.Ordinal)), p =>
            Assert.Contains(p[..p.LastIndexOf('/')] + "/README.md", Checkout.Files));

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        var broken =
            from document in Checkout.Files
            where document.EndsWith(".md", StringComparison.Ordinal) && !document.StartsWith("testdata/", StringComparison.Ordinal)
            from match in Link().Matches(Checkout.Read(document))
            let target = match.Groups[1].Value
            where !target.Contains(':', StringComparison.Ordinal)
            let path = Path.GetFullPath(Path.Combine(Checkout.Folder, Path.GetDirectoryName(document)!, target))
            where !Path.Exists(path)
            select $"{document}: {target}";
        Assert.Empty(broken);
    }
}
