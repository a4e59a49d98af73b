using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Aixv.Authority.Identity;

/// <summary>A salted PBKDF2-HMAC-SHA-512 hash of a password or secret, written <c>pbkdf2-sha512$iterations$salt$hash</c>.</summary>
/// <remarks>
/// Passwords that people choose get <see cref="PasswordIterations"/>. What is generated here has 144 random bits or more, so guessing it is
/// hopeless at any speed; it gets <see cref="SecretIterations"/>, which keeps the token endpoint cheap.
/// </remarks>
internal sealed record PasswordHash
{
    public const int PasswordIterations = 210_000;
    public const int SecretIterations = 1_000;
    private const string Scheme = "pbkdf2-sha512";
    private const int MaximumIterations = 10_000_000;
    private readonly int iterations;
    private readonly byte[] salt;
    private readonly byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash)
    {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    public static PasswordHash Of(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new PasswordHash(iterations, salt, Derive(password, salt, iterations, 32));
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations, hash.Length), hash);

    private static byte[] Derive(string password, byte[] salt, int iterations, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, length);

    public override string ToString() =>
        $"{Scheme}${iterations.ToString(CultureInfo.InvariantCulture)}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";

    public static bool TryParse(string text, [NotNullWhen(true)] out PasswordHash? result)
    {
        result = null;
        var parts = text.Split('$');
        if (parts is not [Scheme, var count, var saltText, var hashText]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < 1 or > MaximumIterations)
        {
            return false;
        }

        var salt = new byte[64];
        var hash = new byte[64];
        if (!Convert.TryFromBase64String(saltText, salt, out var saltLength) || saltLength < 8
            || !Convert.TryFromBase64String(hashText, hash, out var hashLength) || hashLength < 16)
        {
            return false;
        }

        result = new PasswordHash(iterations, salt[..saltLength], hash[..hashLength]);
        return true;
    }
}
