using System.Xml.Linq;

namespace Aixv.Architecture.Tests.Projects;

/// <summary>What a <c>.csproj</c> says of other projects.</summary>
internal static class ProjectFile
{
    internal static string[] References(string xml) =>
        [.. XDocument.Parse(xml).Descendants("ProjectReference").Select(r => Name(r.Attribute("Include")!.Value))];

    internal static string Name(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
