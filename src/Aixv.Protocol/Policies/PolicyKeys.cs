using System.Diagnostics.CodeAnalysis;
using Aixv.Protocol.Records;
using Aixv.Transparency.Keys;

namespace Aixv.Protocol.Policies;

/// <summary>The managed keys that a policy brings with it.</summary>
internal static class PolicyKeys
{
    /// <exception cref="FormatException">One of them is no public key.</exception>
    public static ManagedKeys Of(Policy policy) => policy.PublicKeys.IsEmpty
        ? ManagedKeys.None
        : new ManagedKeys(policy.PublicKeys.Select(Parse), allowUnlogged: !policy.TransparencyRequired);

    public static bool TryParse(string text, [NotNullWhen(true)] out PublicKey? key, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            (key, problem) = (Parse(text), null);
            return true;
        }
        catch (FormatException e)
        {
            (key, problem) = (null, $"expected a public key as PEM, or its SubjectPublicKeyInfo in base64: {e.Message}");
            return false;
        }
    }

    private static PublicKey Parse(string text) => text.Contains("-----BEGIN", StringComparison.Ordinal)
        ? PublicKey.FromPem(text)
        : PublicKey.FromSpki(Convert.FromBase64String(text));
}
