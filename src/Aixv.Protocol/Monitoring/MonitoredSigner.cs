namespace Aixv.Protocol.Monitoring;

/// <summary>Who signed what a log entry is about.</summary>
/// <param name="Subject">The certificate's identity, or <c>sha256:…</c> of a bare key's SubjectPublicKeyInfo.</param>
/// <param name="Issuer">Who vouched for the identity; null where the entry does not say.</param>
public sealed record MonitoredSigner(string Subject, string? Issuer = null);
