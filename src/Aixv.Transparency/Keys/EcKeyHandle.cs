using System.Runtime.InteropServices;

namespace Aixv.Transparency.Keys;

/// <summary>An OpenSSL <c>EC_KEY</c> with a public point.</summary>
internal sealed class EcKeyHandle : SafeHandle
{
    private EcKeyHandle(nint key) : base(0, ownsHandle: true) => SetHandle(key);

    public override bool IsInvalid => handle == 0;

    /// <summary>The key of a point, or null when the point is not on the curve.</summary>
    /// <remarks>For the cofactor-1 NIST curves, being on the curve (and not at infinity) is the whole public key check.</remarks>
    internal static EcKeyHandle? FromPoint(int curveNid, ReadOnlySpan<byte> point)
    {
        var key = LibCrypto.EcKeyNewByCurveName(curveNid);
        if (key == 0)
        {
            LibCrypto.ErrClearError();
            return null;
        }

        if (LibCrypto.EcKeyOct2Key(key, point, (nuint)point.Length, 0) != 1)
        {
            LibCrypto.EcKeyFree(key);
            LibCrypto.ErrClearError();
            return null;
        }

        return new EcKeyHandle(key);
    }

    protected override bool ReleaseHandle()
    {
        LibCrypto.EcKeyFree(handle);
        return true;
    }
}
