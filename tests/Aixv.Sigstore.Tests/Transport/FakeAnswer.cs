using System.Text;

namespace Aixv.Sigstore.Tests.Transport;

/// <summary>An answer; status 0 hangs up without one.</summary>
internal sealed record FakeAnswer(int Status, byte[] Body)
{
    internal IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A Content-Length that is not the body's.</summary>
    internal long? DeclaredLength { get; init; }

    internal static FakeAnswer HangUp { get; } = new(0, []);

    internal static FakeAnswer Json(string json, int status = 200) => new(status, Encoding.UTF8.GetBytes(json)) { Headers = [("Content-Type", "application/json")] };
}
