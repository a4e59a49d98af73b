using Aixv.Sigstore.Signing;

namespace Aixv.Sigstore.Tests.Signing;

public sealed class ServiceSelectionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Services are written <c>name version start end operator</c>; days are relative to now, <c>-</c> is open.</summary>
    private static SigningService Service(string text)
    {
        var parts = text.Split(' ');
        return new SigningService(
            new Uri($"https://{parts[0]}.example"), long.Parse(parts[1], null), Day(parts[2]), Day(parts[3]), parts[4]);
    }

    private static DateTimeOffset? Day(string text) => text == "-" ? null : Now.AddDays(int.Parse(text, null));

    public static TheoryData<ServiceSelector, long, string, string> Rules => new()
    {
        // all operators, newest of each first
        { ServiceSelector.All, 0, "a 1 -9 - x; b 1 -5 - y; c 1 -7 - z", "b c a" },
        { ServiceSelector.All, 0, "a 1 -9 - x; b 1 -5 - x", "b" },
        // one of them
        { ServiceSelector.Any, 0, "a 1 -9 - x; b 1 -5 - y", "b" },
        { ServiceSelector.Any, 5, "a 1 -9 - x; b 1 -5 - y", "b" },
        // a number of them
        { ServiceSelector.Exact, 2, "a 1 -9 - x; b 1 -5 - y; c 1 -7 - z", "b c" },
        { ServiceSelector.Exact, 1, "a 1 -9 - x; b 1 -5 - y", "b" },
        // only the highest known version that has any
        { ServiceSelector.All, 0, "a 1 -9 - x; b 2 -50 - y; c 3 -1 - z", "b" },
        { ServiceSelector.All, 0, "a 1 -9 - x; b 2 -50 -10 y", "a" },
        { ServiceSelector.All, 0, "a 1 -9 - x; b 2 1 - y", "a" },
        // both ends of validity are inclusive
        { ServiceSelector.All, 0, "a 1 0 - x", "a" },
        { ServiceSelector.All, 0, "a 1 -9 0 x", "a" },
        { ServiceSelector.All, 0, "a 1 0 0 x", "a" },
    };

    [Theory, MemberData(nameof(Rules))]
    public void The_selected_services_are(ServiceSelector selector, long count, string services, string expected)
    {
        var selected = ServiceSelections.Select(
            "test", [.. services.Split("; ").Select(Service)], new ServiceSelection(selector, count), Now, 1, 2);
        Assert.Equal(expected, string.Join(' ', selected.Select(s => s.Url.Host.Split('.')[0])));
    }

    [Theory]
    [InlineData(ServiceSelector.Undefined, 0, "a 1 -9 - x", "no known selector")]
    [InlineData(ServiceSelector.Exact, 0, "a 1 -9 - x", "needs a count above 0")]
    [InlineData(ServiceSelector.Exact, -1, "a 1 -9 - x", "needs a count above 0")]
    [InlineData(ServiceSelector.Exact, 2, "a 1 -9 - x", "2 test services of different operators")]
    [InlineData(ServiceSelector.Exact, 2, "a 1 -9 - x; b 1 -5 - x", "2 test services of different operators")]
    [InlineData(ServiceSelector.Exact, 2, "a 1 -9 - x; b 2 -5 - y", "2 test services of different operators")]
    [InlineData(ServiceSelector.Any, 0, "a 3 -9 - x", "none of 1 test services")]
    [InlineData(ServiceSelector.Any, 0, "a 1 1 - x", "none of 1 test services")]
    [InlineData(ServiceSelector.Any, 0, "a 1 -9 -1 x", "none of 1 test services")]
    [InlineData(ServiceSelector.Any, 0, "a 1 - - x", "none of 1 test services")]
    public void Too_little_to_select_from_is_refused(ServiceSelector selector, long count, string services, string message)
    {
        var e = Assert.Throws<SigningException>(() => ServiceSelections.Select(
            "test", [.. services.Split("; ").Select(Service)], new ServiceSelection(selector, count), Now, 1, 2));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_authority_is_the_newest_of_the_highest_version()
    {
        SigningService[] services = [Service("a 1 -9 - x"), Service("b 1 -2 - x"), Service("c 1 1 - x"), Service("d 2 -1 - x")];
        Assert.Equal("b.example", ServiceSelections.Newest(services, Now, 1)?.Url.Host);
        Assert.Null(ServiceSelections.Newest(services, Now.AddDays(-100), 1));
    }

    [Fact]
    public void Kinds_that_are_not_listed_are_absent()
    {
        var services = SigningServices.Select(new SigningConfig { CertificateAuthorities = [Service("ca 1 -1 - x")] }, Now);
        Assert.Equal("ca.example", services.CertificateAuthority?.Host);
        Assert.Null(services.IdentityProvider);
        Assert.Empty(services.Logs);
        Assert.Empty(services.TimestampAuthorities);
    }
}
