using System.Security.Cryptography;
using Aixv.Authority.Identity;

namespace Aixv.Cli.Serving;

/// <summary>What is told of an Authority that has just started.</summary>
internal sealed record ServedAuthority(string Fingerprint, string TrustConfigPath, InitialAccounts? Accounts)
{
    /// <summary>What people compare before they trust a repository.</summary>
    /// <param name="tufRoot">Its first root.json.</param>
    public static string FingerprintOf(byte[] tufRoot) => Convert.ToHexStringLower(SHA256.HashData(tufRoot));
}
