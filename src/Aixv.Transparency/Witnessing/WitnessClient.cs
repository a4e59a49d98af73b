using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Witnessing;

/// <summary>A log's side of C2SP tlog-witness: asks one witness for its cosignature.</summary>
/// <remarks>Remembers the size that the witness saw last. Use it from one call at a time.</remarks>
public sealed class WitnessClient
{
    private const int MaximumAnswer = 64 * 1024;
    private readonly HttpClient http;
    private readonly Uri address;
    private readonly CosignatureVerifier verifier;
    private ulong lastSize;

    /// <param name="http">With the time-out that a checkpoint may wait for.</param>
    /// <param name="submissionPrefix">The URL that <c>/add-checkpoint</c> is put after.</param>
    /// <param name="verifier">The witness's key: an answer that does not verify is no answer.</param>
    public WitnessClient(HttpClient http, Uri submissionPrefix, CosignatureVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(submissionPrefix);
        this.http = http;
        this.verifier = verifier;
        address = new Uri(submissionPrefix.AbsoluteUri.TrimEnd('/') + "/add-checkpoint");
    }

    /// <summary>The witness's name.</summary>
    public string Name => verifier.Name;

    /// <summary>The checkpoint's cosignature by this witness.</summary>
    /// <param name="prove">Proves that the checkpoint's tree extends the one of a size.</param>
    /// <exception cref="HttpRequestException">The witness refuses, cannot be reached, or answers nonsense.</exception>
    public async Task<NoteSignature> CosignAsync(
        SignedNote checkpoint, Func<ulong, CancellationToken, Task<ConsistencyProof>> prove, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(prove);
        var size = Checkpoint.Parse(checkpoint.Text.Span).Size;
        for (var isLast = false; ; isLast = true)
        {
            var old = Math.Min(lastSize, size);
            var proof = old is 0 || old == size ? ImmutableArray<MerkleHash>.Empty : (await prove(old, cancellationToken).ConfigureAwait(false)).Hashes;
            var (status, body) = await PostAsync(new AddCheckpointRequest(old, proof, checkpoint), cancellationToken).ConfigureAwait(false);
            if (status == HttpStatusCode.OK)
            {
                var cosignature = Find(checkpoint, body);
                lastSize = size;
                return cosignature;
            }

            if (status != HttpStatusCode.Conflict || isLast
                || !ulong.TryParse(body.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out lastSize) || lastSize == old || lastSize > size)
            {
                throw new HttpRequestException($"witness {Name}: {(int)status} for the checkpoint of size {size}: {Shorten(body)}", null, status);
            }
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(AddCheckpointRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(request.ToBytes()) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[MaximumAnswer];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return length < buffer.Length
            ? (response.StatusCode, Encoding.UTF8.GetString(buffer, 0, length))
            : throw new HttpRequestException($"witness {Name}: an answer of more than {MaximumAnswer} bytes");
    }

    /// <summary>Its own verified line; others' are ignored, as the specification asks.</summary>
    private NoteSignature Find(SignedNote checkpoint, string lines)
    {
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            byte[] bytes = [.. checkpoint.Text.Span, (byte)'\n', .. Encoding.UTF8.GetBytes(line + "\n")];
            if (SignedNote.TryParse(bytes, out var note, out _) && verifier.Check(note, out _) == NoteVerdict.Valid)
            {
                return note.Signatures[0];
            }
        }

        throw new HttpRequestException($"witness {Name}: its answer has no cosignature of its key");
    }

    private static string Shorten(string text) => text.Length <= 200 ? text.TrimEnd('\n') : $"{text.AsSpan(0, 200)}…";
}
