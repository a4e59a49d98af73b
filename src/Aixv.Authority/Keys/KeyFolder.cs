using System.Text;
using Aixv.Authority.Storage;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Keys;

/// <summary>The private keys of an Authority: one PKCS#8 PEM file of mode 0600 for each.</summary>
internal sealed class KeyFolder(DataFolder data)
{
    private const UnixFileMode OthersMay = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private readonly string folder = data.Folder("keys");

    /// <summary>Loads the key <paramref name="name"/>.</summary>
    /// <exception cref="IOException">Missing, or readable by others.</exception>
    public SigningKey Load(string name)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"the private key {path} is missing: restore it from a backup, or rotate that service", path);
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersMay) != 0)
        {
            throw new IOException($"the private key {path} can be read by other users: run chmod 600 on it");
        }

        try
        {
            return SigningKey.FromPem(File.ReadAllText(path));
        }
        catch (FormatException e)
        {
            throw new IOException($"the private key {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The key <paramref name="name"/>, made now unless an interrupted start left it behind.</summary>
    public SigningKey LoadOrCreate(string name, KeyAlgorithm algorithm)
    {
        if (File.Exists(PathOf(name)))
        {
            return Load(name);
        }

        var key = SigningKey.Generate(algorithm);
        AtomicFile.Write(PathOf(name), Encoding.ASCII.GetBytes(key.ToPem() + "\n"), AtomicFile.Secret, overwrite: false);
        return key;
    }

    public void Delete(string name) => File.Delete(PathOf(name));

    private string PathOf(string name) => Path.Combine(folder, $"{name}.pem");
}
