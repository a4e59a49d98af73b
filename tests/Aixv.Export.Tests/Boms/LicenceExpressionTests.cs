using System.Text.Json.Nodes;
using Aixv.Export.Boms;

namespace Aixv.Export.Tests.Boms;

/// <summary>Which text is a licence expression.</summary>
public sealed class LicenceExpressionTests
{
    [Theory]
    [InlineData("mit", "MIT")]
    [InlineData("Apache-2.0", "Apache-2.0")]
    [InlineData("apache-2.0 or (mit and gpl-2.0-only with classpath-exception-2.0)", "Apache-2.0 OR (MIT AND GPL-2.0-only WITH Classpath-exception-2.0)")]
    [InlineData("GPL-2.0+", "GPL-2.0+")]
    public void Expressions_are_spelled_as_the_list_spells_them(string text, string expected) => Assert.Equal(expected, LicenceExpression.OrNull(text));

    [Theory]
    [InlineData("")]
    [InlineData("other")]
    [InlineData("MIT AND")]
    [InlineData("(MIT")]
    [InlineData("MIT Apache-2.0")]
    [InlineData("MIT WITH nothing")]
    [InlineData("LicenseRef-own")]
    [InlineData("\"><script>")]
    public void Other_text_is_none(string text) => Assert.Null(LicenceExpression.OrNull(text));

    [Fact]
    public void Deep_nesting_is_none() => Assert.Null(LicenceExpression.OrNull($"{new string('(', 900)}MIT{new string(')', 900)}"));

    [Fact]
    public void References_count_where_they_may() => Assert.Equal("LicenseRef-own OR MIT", LicenceExpression.OrNull("LicenseRef-own OR mit", mayRefer: true));

    [Fact]
    public void Every_identifier_is_one_of_CycloneDX_too()
    {
        var official = JsonNode.Parse(File.ReadAllBytes(Outside.Package("@cyclonedx/cyclonedx-library/res/schema/spdx.SNAPSHOT.schema.json")))!["enum"]!.AsArray();
        var known = official.Select(id => id!.GetValue<string>()).Where(id => LicenceExpression.IdOrNull(id) == id).ToHashSet(StringComparer.Ordinal);
        Assert.True(known.Count > 800, "most of the list is known");
    }
}
