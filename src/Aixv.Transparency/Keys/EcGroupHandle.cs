using System.Runtime.InteropServices;

namespace Aixv.Transparency.Keys;

/// <summary>An OpenSSL <c>EC_GROUP</c> with a table of multiples of its generator.</summary>
internal sealed class EcGroupHandle : SafeHandle
{
    private EcGroupHandle(nint group) : base(0, ownsHandle: true) => SetHandle(group);

    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    /// <summary>The curve's group with a table; null when libcrypto makes none.</summary>
    internal static EcGroupHandle? WithTable(int curveNid) => Prepare(LibCryptoGroup.EcGroupNewByCurveName(curveNid), 0);

    /// <summary>The same curve with <paramref name="point"/> as its generator, and a table of that; null when libcrypto makes none.</summary>
    internal EcGroupHandle? WithGenerator(nint point) => Prepare(LibCryptoGroup.EcGroupDup(handle), point);

    private static EcGroupHandle? Prepare(nint group, nint generator)
    {
        if (group == 0)
        {
            return null;
        }

        var owned = new EcGroupHandle(group);
        var isReady = (generator == 0 || SetGenerator(group, generator)) && LibCryptoGroup.EcGroupPrecomputeMult(group, 0) == 1;
        if (isReady)
        {
            return owned;
        }

        LibCrypto.ErrClearError();
        owned.Dispose();
        return null;
    }

    private static bool SetGenerator(nint group, nint generator) =>
        LibCryptoGroup.EcGroupSetGenerator(group, generator, LibCryptoGroup.EcGroupGet0Order(group), LibCryptoGroup.EcGroupGet0Cofactor(group)) == 1;

    protected override bool ReleaseHandle()
    {
        LibCryptoGroup.EcGroupFree(handle);
        return true;
    }
}
