using Aixv.Authority.Identity;

namespace Aixv.Cli.Serving;

/// <summary>What is told of an Authority that has just started.</summary>
internal sealed record ServedAuthority(string Fingerprint, string TrustConfigPath, InitialAccounts? Accounts);
