using System.Xml.Linq;

namespace Aixv.Architecture.Tests.Projects;

public sealed class ProjectReferenceTests
{
    private static readonly ReferenceRules MadeUp = new(new Dictionary<string, string[]>
    {
        ["Top"] = [],
        ["Middle"] = ["Top"],
        ["Low"] = ["Middle"],
        ["Side"] = ["Top"],
    });

    private static Dictionary<string, string[]> ReferencesOf(Func<string, bool> project) => Checkout.Projects.Where(project)
        .ToDictionary(ProjectFile.Name, p => ProjectFile.References(Checkout.Read(p)));

    [Fact]
    public void Projects_refer_only_to_projects_above_them()
    {
        var references = ReferencesOf(p => p.StartsWith("src/", StringComparison.Ordinal));
        Assert.InRange(references.Count, 5, 9);
        Assert.Contains(references, r => r.Value.Length > 0);
        Assert.Empty(ReferenceRules.OfThisRepository.Violations(references));
    }

    [Fact]
    public void Only_tests_and_benchmarks_refer_to_tests()
    {
        var references = ReferencesOf(_ => true);
        Assert.DoesNotContain(references.SelectMany(r => r.Value), p => p.EndsWith(".Tests", StringComparison.Ordinal) || p == "Aixv.Bench");
    }

    [Theory]
    [InlineData("Top", "Middle", "Top refers to Middle, which is not above it")]
    [InlineData("Side", "Middle", "Side refers to Middle, which is not above it")]
    [InlineData("Middle", "Middle", "Middle refers to Middle, which is not above it")]
    [InlineData("New", "Top", "New has no place in the order of projects")]
    public void A_reference_against_the_order_is_found(string from, string to, string violation) =>
        Assert.Equal([violation], MadeUp.Violations(new Dictionary<string, string[]> { [from] = [to] }));

    [Theory]
    [InlineData("Middle", "Top")]
    [InlineData("Low", "Top")]
    public void A_reference_along_the_order_is_allowed(string from, string to) =>
        Assert.Empty(MadeUp.Violations(new Dictionary<string, string[]> { [from] = [to] }));

    [Fact]
    public void References_are_read_from_project_files() =>
        Assert.Equal(["A.B", "C"], ProjectFile.References("""
            <Project><ItemGroup>
              <ProjectReference Include="../A.B/A.B.csproj" />
              <ProjectReference Include="..\C\C.csproj" />
            </ItemGroup></Project>
            """));

    [Fact]
    public void The_solution_names_every_project()
    {
        var named = XDocument.Parse(Checkout.Read("aixv.slnx")).Descendants("Project").Select(p => p.Attribute("Path")!.Value);
        Assert.Equal(Checkout.Projects.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_has_its_tests()
    {
        var sources = Checkout.Projects.Where(p => p.StartsWith("src/", StringComparison.Ordinal)).Select(ProjectFile.Name);
        Assert.All(sources, p => Assert.Contains($"tests/{p}.Tests/{p}.Tests.csproj", Checkout.Projects));
    }
}
