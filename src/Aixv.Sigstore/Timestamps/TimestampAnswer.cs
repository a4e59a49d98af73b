using System.Formats.Asn1;
using System.Numerics;
using Aixv.Sigstore.Signing;

namespace Aixv.Sigstore.Timestamps;

/// <summary>What a requester checks of a TimeStampResp (RFC 3161 §2.4.2) before any trust comes in: granted, and an answer to this request.</summary>
internal static class TimestampAnswer
{
    private const string SignedDataOid = "1.2.840.113549.1.7.2";
    private const string TstInfoOid = "1.2.840.113549.1.9.16.1.4";

    /// <summary>The TimeStampToken (a CMS ContentInfo) in an answer that was checked.</summary>
    internal static ReadOnlyMemory<byte> TokenOf(ReadOnlyMemory<byte> response)
    {
        var reader = new AsnReader(response, AsnEncodingRules.BER).ReadSequence();
        reader.ReadEncodedValue();
        return reader.ReadEncodedValue();
    }

    /// <exception cref="SigningException">The authority refused.</exception>
    /// <exception cref="FormatException">Not a TimeStampResp, or not one to <paramref name="request"/>.</exception>
    internal static void Require(ReadOnlyMemory<byte> response, TimestampRequest request)
    {
        try
        {
            var outer = new AsnReader(response, AsnEncodingRules.BER);
            var reader = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            RequireGranted(reader.ReadSequence());
            RequireAnswers(TstInfo(reader), request);
        }
        catch (AsnContentException e)
        {
            throw new FormatException($"not a TimeStampResp ({e.Message})", e);
        }
    }

    private static void RequireGranted(AsnReader status)
    {
        var code = status.ReadInteger();
        if (code.IsZero || code.IsOne)
        {
            return;
        }

        var text = new List<string>();
        if (status.HasData && status.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            var texts = status.ReadSequence();
            while (texts.HasData)
            {
                text.Add(texts.ReadCharacterString(UniversalTagNumber.UTF8String));
            }
        }

        var words = string.Concat(string.Join(' ', text).Take(300).Select(c => char.IsControl(c) ? ' ' : c));
        throw new SigningException($"the timestamp authority refused (status {code}){(words.Length > 0 ? $": {words}" : "")}");
    }

    private static AsnReader TstInfo(AsnReader response)
    {
        var contentInfo = response.ReadSequence();
        RequireOid(contentInfo, SignedDataOid);
        var signedData = contentInfo.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        signedData.ReadInteger();
        signedData.ReadSetOf();
        var encapsulated = signedData.ReadSequence();
        RequireOid(encapsulated, TstInfoOid);
        var content = encapsulated.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadOctetString();
        return new AsnReader(content, AsnEncodingRules.BER).ReadSequence();
    }

    private static void RequireAnswers(AsnReader info, TimestampRequest request)
    {
        info.ReadInteger();
        info.ReadObjectIdentifier();
        var imprint = info.ReadSequence();
        var algorithm = imprint.ReadSequence().ReadObjectIdentifier();
        if (algorithm != TimestampRequest.Sha256Oid || !imprint.ReadOctetString().AsSpan().SequenceEqual(request.Digest))
        {
            throw new FormatException("the timestamp is over other bytes than those sent");
        }

        info.ReadInteger();
        info.ReadGeneralizedTime();
        if (ReadNonce(info) != request.Nonce)
        {
            throw new FormatException("the timestamp does not repeat the request's nonce");
        }
    }

    private static BigInteger? ReadNonce(AsnReader info)
    {
        // accuracy SEQUENCE and ordering BOOLEAN may come before it, tsa [0] and extensions [1] after.
        while (info.HasData && info.PeekTag().TagClass == TagClass.Universal)
        {
            if (info.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
            {
                return info.ReadInteger();
            }

            info.ReadEncodedValue();
        }

        return null;
    }

    private static void RequireOid(AsnReader reader, string expected)
    {
        var oid = reader.ReadObjectIdentifier();
        if (oid != expected)
        {
            throw new FormatException($"content type {oid}, expected {expected}");
        }
    }
}
