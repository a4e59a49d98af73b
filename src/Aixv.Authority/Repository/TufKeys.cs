using Aixv.Authority.Keys;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Repository;

/// <summary>The repository's two keys: one for root, one for the roles that the running process signs.</summary>
/// <remarks>The root key may be kept elsewhere: it is needed only to renew root.json (twice a year) and to rotate.</remarks>
internal static class TufKeys
{
    public static ServiceGeneration Create(int number, KeyFolder keys, DateTimeOffset now)
    {
        using var root = keys.LoadOrCreate(ServiceGeneration.NameOf(ServiceRole.Tuf, number), KeyAlgorithm.EcdsaP256);
        using var online = keys.LoadOrCreate(OnlineName(number), KeyAlgorithm.EcdsaP256);
        return new ServiceGeneration { Role = ServiceRole.Tuf, Number = number, PublicKey = root.PublicKey, Start = now };
    }

    public static string OnlineName(int number) => $"{ServiceGeneration.NameOf(ServiceRole.Tuf, number)}-online";
}
