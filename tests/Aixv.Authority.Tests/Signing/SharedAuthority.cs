namespace Aixv.Authority.Tests.Signing;

/// <summary>One Authority for all tests of a class.</summary>
public sealed class SharedAuthority : IAsyncLifetime
{
    internal TestAuthority Authority { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Authority = await TestAuthority.StartAsync();

    public ValueTask DisposeAsync() => Authority.DisposeAsync();
}
