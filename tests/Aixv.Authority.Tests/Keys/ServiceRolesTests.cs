using Aixv.Authority.Keys;

namespace Aixv.Authority.Tests.Keys;

public sealed class ServiceRolesTests
{
    [Fact]
    public void Every_name_stands_for_services_and_all_for_every_one()
    {
        Assert.Equal(["ca", "ctlog", "oidc", "rekor", "tsa", "tuf", "all"], ServiceRoles.Names);
        Assert.All(ServiceRoles.Names, name => Assert.True(ServiceRoles.TryParse(name, out _)));
        Assert.True(ServiceRoles.TryParse("all", out var all));
        Assert.Equal(Enum.GetValues<ServiceRole>(), all);
        Assert.False(ServiceRoles.TryParse("CA", out _));
    }
}
