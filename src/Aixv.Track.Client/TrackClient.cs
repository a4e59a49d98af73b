using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aixv.Track.Client.Answers;
using Aixv.Track.Client.Requests;
using Aixv.Track.Client.Transport;

namespace Aixv.Track.Client;

/// <summary>A registry over HTTP. Safe for concurrent use; what writes is repeated under one Idempotency-Key when the network or the server fails.</summary>
/// <param name="http">Its base address is the registry's; a <see cref="HttpClient"/> for each process is enough.</param>
/// <param name="key">The API key; null for what is open to all.</param>
/// <param name="time">The clock that waits between attempts; null takes the system's.</param>
public sealed class TrackClient(HttpClient http, string? key, TimeProvider? time = null)
{
    private readonly TrackTransport transport = new(http, key, time ?? TimeProvider.System);

    /// <summary>Registers who may attest.</summary>
    public Task<Agent> RegisterAgentAsync(AgentRequest request, CancellationToken cancellationToken = default) =>
        transport.PostAsync("v1/agents", request, TrackJson.Default.AgentRequest, TrackJson.Default.Agent, cancellationToken);

    public Task<Agent> GetAgentAsync(string id, CancellationToken cancellationToken = default) =>
        transport.GetAsync($"v1/agents/{Uri.EscapeDataString(id)}", TrackJson.Default.Agent, cancellationToken);

    /// <summary>Attests a model; the same again is the first answer, another hash under the same name and version a conflict.</summary>
    public Task<ModelRecord> AttestModelAsync(ModelRequest request, CancellationToken cancellationToken = default) =>
        transport.PostAsync("v1/models/attest", request, TrackJson.Default.ModelRequest, TrackJson.Default.ModelRecord, cancellationToken);

    public Task<ModelRecord> GetModelAsync(string id, CancellationToken cancellationToken = default) =>
        transport.GetAsync($"v1/models/{Uri.EscapeDataString(id)}", TrackJson.Default.ModelRecord, cancellationToken);

    /// <summary>The models with a digest: 64 hex digits, with or without <c>sha256:</c>.</summary>
    public async Task<IReadOnlyList<ModelRecord>> FindModelsAsync(string digest, CancellationToken cancellationToken = default) =>
        (await transport.GetAsync($"v1/models/by-hash/{Uri.EscapeDataString(digest)}", TrackJson.Default.ModelList, cancellationToken).ConfigureAwait(false)).Items;

    /// <summary>Whether a digest is attested, and whether that still stands.</summary>
    public Task<ModelVerdict> VerifyModelAsync(string digest, CancellationToken cancellationToken = default) =>
        transport.PostAsync("v1/models/verify", new HashRequest(digest), TrackJson.Default.HashRequest, TrackJson.Default.ModelVerdict, cancellationToken);

    public Task<ModelRecord> RevokeModelAsync(string id, string reason, CancellationToken cancellationToken = default) => transport.PostAsync(
        $"v1/models/{Uri.EscapeDataString(id)}/revoke", new ReasonRequest(reason), TrackJson.Default.ReasonRequest, TrackJson.Default.ModelRecord, cancellationToken);

    /// <summary>What a model came from and what came of it.</summary>
    public Task<RecordLineage> GetModelLineageAsync(string id, CancellationToken cancellationToken = default) =>
        transport.GetAsync($"v1/models/{Uri.EscapeDataString(id)}/lineage", TrackJson.Default.RecordLineage, cancellationToken);

    public Task<DatasetRecord> AttestDatasetAsync(DatasetRequest request, CancellationToken cancellationToken = default) =>
        transport.PostAsync("v1/datasets/attest", request, TrackJson.Default.DatasetRequest, TrackJson.Default.DatasetRecord, cancellationToken);

    public Task<DatasetRecord> GetDatasetAsync(string id, CancellationToken cancellationToken = default) =>
        transport.GetAsync($"v1/datasets/{Uri.EscapeDataString(id)}", TrackJson.Default.DatasetRecord, cancellationToken);

    public Task<ReceiptRecord> GetReceiptAsync(string id, CancellationToken cancellationToken = default) =>
        transport.GetAsync($"v1/receipts/{Uri.EscapeDataString(id)}", TrackJson.Default.ReceiptRecord, cancellationToken);

    /// <summary>What proves a receipt offline, byte for byte: what <c>aixv receipt verify</c> takes.</summary>
    /// <param name="format"><c>aixv</c>, <c>cose</c>, <c>receipt-v1</c> or <c>tlog-proof</c>.</param>
    public Task<byte[]> GetProofBundleAsync(string id, string format = "aixv", CancellationToken cancellationToken = default) =>
        transport.GetBytesAsync($"v1/receipts/{Uri.EscapeDataString(id)}/proof-bundle?format={Uri.EscapeDataString(format)}", cancellationToken);

    /// <summary>The registry's own verdict on a receipt that it issued.</summary>
    public Task<ReceiptVerdict> VerifyReceiptAsync(string id, CancellationToken cancellationToken = default) =>
        transport.PostAsync("v1/receipts/verify", new ReceiptQuestion(id), TrackJson.Default.ReceiptQuestion, TrackJson.Default.ReceiptVerdict, cancellationToken);

    /// <summary>Indexes a Sigstore bundle, given as its file's bytes; the same again is one entry.</summary>
    public Task<AttestationRecord> PublishAttestationAsync(ReadOnlyMemory<byte> bundle, CancellationToken cancellationToken = default) =>
        transport.PostAsync("v1/attestations", bundle, TrackJson.Default.AttestationRecord, cancellationToken);

    /// <summary>The same of a bundle by a managed key, which the bundle does not hold.</summary>
    /// <param name="publicKey">The key as PEM; null for a bundle with a certificate.</param>
    public Task<AttestationRecord> PublishAttestationAsync(ReadOnlyMemory<byte> bundle, string? publicKey, CancellationToken cancellationToken = default) =>
        publicKey is null
            ? PublishAttestationAsync(bundle, cancellationToken)
            : transport.PostAsync("v1/attestations", KeyedBundle.ToBytes(bundle, publicKey), TrackJson.Default.AttestationRecord, cancellationToken);

    /// <summary>Says that a model is what people know by a name, as <c>hf://org/model</c> and <c>org/model</c>: it is found by that, and described as such.</summary>
    /// <param name="uri">Where it is.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="digest">Of its file: <c>sha256:</c> and 64 hex digits.</param>
    public Task<Imported> NameModelAsync(string uri, string name, string digest, CancellationToken cancellationToken = default) =>
        transport.PostAsync("v1/import", NameRequest.Of(uri, name, digest), TrackJson.Default.NameRequest, TrackJson.Default.Imported, cancellationToken);

    /// <summary>A bundle as it was published, byte for byte.</summary>
    public Task<byte[]> GetBundleAsync(string id, CancellationToken cancellationToken = default) =>
        transport.GetBytesAsync($"v1/attestations/{Uri.EscapeDataString(id)}/bundle", cancellationToken);

    /// <summary>Everything known of a digest; null where nothing is.</summary>
    public async Task<Artifact?> FindArtifactAsync(string digest, CancellationToken cancellationToken = default)
    {
        try
        {
            return await transport.GetAsync($"v1/artifacts/{Uri.EscapeDataString(digest)}", TrackJson.Default.Artifact, cancellationToken).ConfigureAwait(false);
        }
        catch (TrackException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>All that depends on a digest, nearest first, as it is found.</summary>
    /// <exception cref="InvalidDataException">The stream ended before it was complete.</exception>
    public async IAsyncEnumerable<ImpactNode> StreamImpactAsync(string digest, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var response = await transport.OpenAsync($"v1/artifacts/{Uri.EscapeDataString(digest)}/impact?format=ndjson", cancellationToken).ConfigureAwait(false);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            var node = JsonSerializer.Deserialize(line, TrackJson.Default.ImpactNode) ?? throw new InvalidDataException("impact: an empty line");
            if (node.Complete)
            {
                yield break;
            }

            yield return node;
        }

        throw new InvalidDataException("impact: the stream ended before it was complete");
    }
}
