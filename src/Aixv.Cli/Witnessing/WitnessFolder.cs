using System.CommandLine;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Trust.Instances;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Witnessing;

/// <summary>Where a witness keeps its key and what it saw.</summary>
internal static class WitnessFolder
{
    public static Option<string?> Option() =>
        Options.Text("--data", "DIR", "Key and state of the witness (default: $AIXV_HOME/witness, or beside the user's trust folder).");

    public static string Resolve(App app, ParseResult parse, Option<string?> option) =>
        parse.GetValue(option) is { } folder ? app.Resolve(folder)
        : app.Setting("AIXV_HOME") is { } home ? Path.Combine(app.Resolve(home), "witness")
        : Path.Combine(Path.GetDirectoryName(TrustDirectory.Default())!, "witness");

    /// <summary>The key in the folder, made when there is none.</summary>
    /// <exception cref="FormatException">The file is no Ed25519 key.</exception>
    public static SigningKey OpenKey(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "witness.key");
        if (!File.Exists(path))
        {
            Write(path);
        }

        var key = PrivateKeyFile.Read(File.ReadAllText(path), () => null);
        return key.PublicKey.Algorithm == KeyAlgorithm.Ed25519 ? key : throw new FormatException($"witness: {path} is {key.PublicKey.Algorithm}, expected Ed25519");
    }

    /// <summary>Whole or not at all, and for this user only: a key that was published once must not be lost in a crash.</summary>
    private static void Write(string path)
    {
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(key.ToPem() + "\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: false);
    }
}
