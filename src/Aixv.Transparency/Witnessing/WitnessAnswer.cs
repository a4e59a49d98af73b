using System.Globalization;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Transparency.Witnessing;

/// <summary>The answer to a request.</summary>
/// <param name="Body">The cosignature line, the size that the client should have given, or what is wrong.</param>
/// <param name="Origin">The log that was meant, where it is known.</param>
public sealed record WitnessAnswer(WitnessVerdict Verdict, string Body, string? Origin = null)
{
    /// <summary>The media type of <see cref="Body"/>.</summary>
    public string ContentType => Verdict == WitnessVerdict.Conflict ? "text/x.tlog.size" : "text/plain; charset=utf-8";

    internal static WitnessAnswer Refuse(WitnessVerdict verdict, string why, string? origin = null) => new(verdict, why + "\n", origin);

    internal static WitnessAnswer Conflict(ulong size, string origin) =>
        new(WitnessVerdict.Conflict, string.Create(CultureInfo.InvariantCulture, $"{size}\n"), origin);

    internal static WitnessAnswer Cosign(NoteSignature cosignature, string origin) => new(
        WitnessVerdict.Cosigned, $"\u2014 {cosignature.Name} {Convert.ToBase64String([.. cosignature.KeyId.Span, .. cosignature.Signature.Span])}\n", origin);
}
