namespace Aixv.Protocol.Admission;

/// <summary>What holds for codes of violations.</summary>
public static class ViolationCodes
{
    /// <summary>Whether a waiver can cover it. Where no signature verifies, nothing is known that could be waived.</summary>
    public static bool IsWaivable(this ViolationCode code) => code is not ViolationCode.SignatureNotVerified;

    /// <summary>The code as JSON has it: <c>bundle-too-old</c>.</summary>
    public static string ToCode(this ViolationCode code) => Schemas.Words.Of(code);
}
