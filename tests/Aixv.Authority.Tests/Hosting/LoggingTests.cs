using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Aixv.Authority.Tests.Hosting;

public sealed class LoggingTests
{
    [Fact]
    public async Task Certificates_and_refusals_are_logged_but_no_token_password_or_secret()
    {
        var log = new Lines();
        await using var authority = await TestAuthority.StartAsync(change: o => o with { Logging = b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(log) });
        var token = await authority.MachineTokenAsync();
        await Keyless.SignAsync(authority, Encoding.UTF8.GetBytes("weights"), token);
        using var wrong = await authority.PostFormAsync(
            "/oidc/token", ("grant_type", "client_credentials"), ("client_id", "machine"), ("client_secret", "a wrong secret"));
        using var refused = await authority.PostAsync("/api/v2/signingCert", new System.Text.Json.Nodes.JsonObject { ["a\nfake line"] = 1 }, bearer: token);

        var text = string.Join('\n', log.Written);
        Assert.Contains("Issued a certificate to", text, StringComparison.Ordinal);
        Assert.Contains("Refused POST /api/v2/signingCert: 400", text, StringComparison.Ordinal);
        Assert.Contains("Wrong password or secret", text, StringComparison.Ordinal);
        foreach (var secret in (string[])[token, token.Split('.')[2], authority.Accounts.MachineSecret, authority.Accounts.UserPassword, "a wrong secret"])
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }

        Assert.All(log.Written, line => Assert.DoesNotContain('\n', line));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
