using Aixv.Cli.Publishing.Folders;

namespace Aixv.Cli.Tests.Publishing.Folders;

public sealed class SafePathTests
{
    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("unet/model.safetensors")]
    [InlineData(".gitattributes")]
    [InlineData("a b/ü.bin")]
    public void Paths_below_a_folder_are_taken(string path) => Assert.True(SafePath.IsRelative(path));

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/../x")]
    [InlineData("a/./x")]
    [InlineData("a//x")]
    [InlineData("a/")]
    [InlineData("..\\x")]
    [InlineData("C:x")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u202Eb")]
    [InlineData("x/..")]
    [InlineData("nul.txt")]
    [InlineData("x. ")]
    public void Paths_that_lead_elsewhere_are_not(string path) => Assert.False(SafePath.IsRelative(path));
}
