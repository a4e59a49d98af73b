using Aixv.Sigstore.Json;

namespace Aixv.Sigstore.Tests.Json;

public sealed class StrictBase64Tests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("TQ==", "4d")]
    [InlineData("TQ", "4d")]
    [InlineData("TWE=", "4d61")]
    [InlineData("TWFu", "4d616e")]
    [InlineData("-_-_", "fbffbf")]
    [InlineData("+/+/", "fbffbf")]
    public void Both_alphabets_with_and_without_padding_are_read(string text, string hex)
    {
        Assert.True(StrictBase64.TryDecode(text, out var bytes));
        Assert.Equal(hex, Convert.ToHexStringLower(bytes));
    }

    [Theory]
    [InlineData("TR==")]
    [InlineData("TWF=")]
    [InlineData("TQ=")]
    [InlineData("T")]
    [InlineData("TQ==\n")]
    [InlineData("T Q=")]
    [InlineData("====")]
    [InlineData("TQ==TQ==")]
    [InlineData("T*==")]
    public void Stray_bits_white_space_and_wrong_padding_are_refused(string text) => Assert.False(StrictBase64.TryDecode(text, out _));
}
