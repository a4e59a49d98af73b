using Aixv.Sigstore.Json;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Trust;

/// <summary>A transparency or CT log that a trusted root names (<c>TransparencyLogInstance</c>).</summary>
public sealed class TrustedLog
{
    private TrustedLog(string baseUrl, string? operatorName, PublicKey key, SignatureScheme scheme, ValidityWindow validity, byte[] logId, byte[]? checkpointKeyId)
    {
        BaseUrl = baseUrl;
        Operator = operatorName ?? baseUrl;
        Key = key;
        Scheme = scheme;
        Validity = validity;
        LogId = logId;
        CheckpointKeyId = checkpointKeyId ?? logId;
        Names = NamesOf(baseUrl);
    }

    public string BaseUrl { get; }

    /// <summary>Who runs the log; the base URL where the root does not say.</summary>
    public string Operator { get; }

    public PublicKey Key { get; }

    public SignatureScheme Scheme { get; }

    public ValidityWindow Validity { get; }

    /// <summary>The id that entries and SCTs carry, 32 bytes in real roots.</summary>
    public ReadOnlyMemory<byte> LogId { get; }

    /// <summary>The id whose first 4 bytes are on checkpoint signature lines.</summary>
    public ReadOnlyMemory<byte> CheckpointKeyId { get; }

    /// <summary>The names under which the log may sign checkpoints: its host, with and without port and path.</summary>
    public IReadOnlyList<string> Names { get; }

    internal bool HasId(ReadOnlySpan<byte> id) => id.SequenceEqual(LogId.Span) || id.SequenceEqual(CheckpointKeyId.Span);

    private static string[] NamesOf(string baseUrl)
    {
        if (!Uri.TryCreate(baseUrl, UriKind.Absolute, out var uri))
        {
            return [baseUrl];
        }

        var path = uri.AbsolutePath.TrimEnd('/');
        string[] names = [uri.Host, uri.Authority, uri.Host + path, uri.Authority + path];
        return [.. names.Distinct()];
    }

    /// <summary>Reads a log, or gives null and says in <paramref name="warnings"/> why its key is of no use here.</summary>
    /// <exception cref="FormatException">Malformed: an absent key, or a validity without start.</exception>
    internal static TrustedLog? Read(ProtoObject json, List<string> warnings)
    {
        var publicKey = json.RequiredMessage("publicKey");
        var validity = ValidityWindow.Read(publicKey, "validFor");
        var details = publicKey.RequiredText("keyDetails");
        var raw = publicKey.RequiredBytes("rawBytes");
        var baseUrl = json.Text("baseUrl") ?? "";
        var checkpointKeyId = json.Message("checkpointKeyId")?.Bytes("keyId");
        try
        {
            var (key, scheme) = KeyDetails.Read(details, raw);
            var logId = json.Message("logId")?.Bytes("keyId") ?? checkpointKeyId ?? key.SpkiSha256();
            return (checkpointKeyId ?? logId).Length < 4
                ? throw new FormatException("a log id has at least 4 bytes")
                : new TrustedLog(baseUrl, json.Text("operator"), key, scheme, validity, logId, checkpointKeyId);
        }
        catch (FormatException e)
        {
            warnings.Add($"{json.Path} ({baseUrl}) is skipped: {e.Message}");
            return null;
        }
    }
}
