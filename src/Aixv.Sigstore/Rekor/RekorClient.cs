using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Rekor;

/// <summary>Adds entries to a transparency log. What it returns is not verified.</summary>
internal abstract class RekorClient(ServiceTransport transport, Uri baseUrl)
{
    private const int MaximumAnswer = 4 * 1024 * 1024;

    // A log answers when a checkpoint covers the entry, which takes seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected Uri BaseUrl => baseUrl;

    /// <summary>The client for a service's API version.</summary>
    /// <param name="trusted">The logs of the trusted root.</param>
    /// <param name="envelopes">As what a Rekor v2 log holds envelopes.</param>
    internal static RekorClient For(
        SigningService service, ServiceTransport transport, IReadOnlyList<TrustedLog> trusted, EnvelopeEntryKind envelopes = default) => service.MajorApiVersion switch
    {
        1 => new RekorV1Client(transport, service.Url),
        2 => new RekorV2Client(transport, service.Url, trusted, envelopes),
        _ => throw new ArgumentException($"Rekor API version {service.MajorApiVersion} is not known", nameof(service)),
    };

    /// <summary>Adds an entry and waits until the log proves that it is in.</summary>
    /// <exception cref="SigningException">The log refused it, or cannot hold such a signature.</exception>
    /// <exception cref="HttpRequestException">The log cannot be reached or answers nonsense.</exception>
    internal abstract Task<LogEntry> AddAsync(LogSubmission submission, CancellationToken cancellationToken);

    /// <summary>Says so when this log cannot hold signatures of <paramref name="key"/>, before anything is signed.</summary>
    /// <exception cref="SigningException">It cannot.</exception>
    internal abstract void RequireSupport(PublicKey key, SignatureScheme scheme, bool envelope);

    private protected Task<ServiceResponse> SendAsync(HttpMethod method, Uri url, byte[]? body, CancellationToken cancellationToken) =>
        transport.SendAsync(
            new ServiceRequest("Rekor", method, url)
            {
                Body = body,
                ContentType = body is null ? null : "application/json",
                MaximumBytes = MaximumAnswer,
                Timeout = Patience,
            },
            cancellationToken);

    private protected Uri At(string path) => new($"{baseUrl.AbsoluteUri.TrimEnd('/')}{path}");

    /// <summary>The refusal of pure Ed25519 where the log stores digests only.</summary>
    private protected static SigningException NoPureEd25519(Uri log) => new(
        $"Rekor at {log} stores digests, and Ed25519 signs none: use an ECDSA or RSA key, or sign without a log");
}
