namespace Aixv.Sigstore.Trust.Instances;

/// <summary>A trusted_root.json that ships with the program, and the day it was current.</summary>
internal sealed record EmbeddedTrust(ReadOnlyMemory<byte> TrustedRoot, DateTimeOffset Date);
