using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aixv.Track.Storage;

namespace Aixv.Track.Webhooks;

/// <summary>What deliveries are signed with: random, shown once, kept outside of log and index.</summary>
internal sealed class WebhookSecrets(IScratch scratch)
{
    private const string Prefix = "webhook-secret/";
    private const int Length = 32;

    /// <summary>A new secret in the place of the old one.</summary>
    public async ValueTask<string> RenewAsync(TrackId webhook, CancellationToken cancellationToken)
    {
        var secret = $"whsec_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length))}";
        await scratch.KeepDocumentAsync(NameOf(webhook), Encoding.ASCII.GetBytes(secret), cancellationToken);
        return secret;
    }

    /// <summary>The secret; null where it was lost.</summary>
    public async ValueTask<byte[]?> FindAsync(TrackId webhook, CancellationToken cancellationToken) =>
        (await scratch.FindDocumentAsync(NameOf(webhook), cancellationToken))?.ToArray();

    /// <summary>Whether there is any.</summary>
    public async ValueTask<bool> AnyAsync(CancellationToken cancellationToken) => (await scratch.ListDocumentsAsync(Prefix, 1, cancellationToken)).Count > 0;

    public ValueTask ForgetAsync(TrackId webhook, CancellationToken cancellationToken) => scratch.KeepDocumentAsync(NameOf(webhook), default, cancellationToken);

    private static string NameOf(TrackId webhook) => $"{Prefix}{webhook}";
}
