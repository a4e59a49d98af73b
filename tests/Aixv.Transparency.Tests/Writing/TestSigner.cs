using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Tests.Writing;

internal static class TestSigner
{
    internal const string Name = "log.example";

    internal static NoteSigner Create() => new(Name, SigningKey.Generate(KeyAlgorithm.Ed25519));
}
