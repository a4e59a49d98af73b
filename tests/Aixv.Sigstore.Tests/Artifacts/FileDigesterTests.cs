using System.Security.Cryptography;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Sigstore.Tests.Artifacts;

public sealed class FileDigesterTests : IDisposable
{
    private const int Window = 8 * 1024 * 1024;
    private readonly string folder = Directory.CreateTempSubdirectory("aixv-digest-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Bytes of which no two windows are equal.</summary>
    private static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = unchecked((byte)((i * 31L) + (i >> 13)));
        }

        return bytes;
    }

    // FIPS 180-4 examples, from the NIST example values.
    public static TheoryData<string, string, string, string> Fips180 => new()
    {
        {
            "",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b",
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
        },
        {
            "abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        },
    };

    [Theory, MemberData(nameof(Fips180))]
    public void Digests_match_the_published_vectors(string message, string sha256, string sha384, string sha512)
    {
        var digests = FileDigester.Digest(Write("message", System.Text.Encoding.UTF8.GetBytes(message)), new() { Sha384 = true, Sha512 = true }, Cancel);
        Assert.Equal(sha256, digests.Sha256.Hex);
        Assert.Equal(sha384, Convert.ToHexStringLower(digests.Sha384!.Value.Span));
        Assert.Equal(sha512, Convert.ToHexStringLower(digests.Sha512!.Value.Span));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(128 * 1024)]
    [InlineData((128 * 1024) + 1)]
    [InlineData(Window - 1)]
    [InlineData(Window)]
    [InlineData(Window + 1)]
    [InlineData((2 * Window) - 4096)]
    [InlineData((5 * Window) + 12345)]
    public void Mapped_and_read_files_have_the_digest_of_their_bytes(int length)
    {
        var content = Pattern(length);
        var path = Write("file", content);
        var expected = Convert.ToHexStringLower(SHA256.HashData(content));
        Assert.Equal(expected, FileDigester.Digest(path, new() { AllowMapping = true }, Cancel).Sha256.Hex);
        Assert.Equal(expected, FileDigester.Digest(path, new() { AllowMapping = false }, Cancel).Sha256.Hex);
    }

    [Fact]
    public void Only_the_hashes_that_are_asked_for_are_computed()
    {
        var digests = FileDigester.Digest(Write("file", "x"u8), new(), Cancel);
        Assert.Null(digests.Sha384);
        Assert.Null(digests.Sha512);
    }

    [Fact]
    public void Progress_rises_to_the_length()
    {
        var seen = new List<FileDigesterProgress>();
        var length = (3 * Window) + 5;
        FileDigester.Digest(Write("file", Pattern(length)), new() { Progress = seen.Add }, Cancel);
        Assert.Equal(seen.Select(p => p.Done).Order(), seen.Select(p => p.Done));
        Assert.Equal(new FileDigesterProgress(length, length), seen[^1]);
        Assert.True(seen.Count >= 3);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Reading_stops_when_it_is_cancelled(bool mapping)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var path = Write("file", Pattern(4 * Window));
        var options = new FileDigesterOptions { AllowMapping = mapping, Progress = _ => source.Cancel() };
        Assert.Throws<OperationCanceledException>(() => FileDigester.Digest(path, options, source.Token));
    }

    [Fact]
    public void A_symbolic_link_has_the_digest_of_its_target()
    {
        var target = Write("target", "abc"u8);
        var link = Path.Combine(folder, "link");
        File.CreateSymbolicLink(link, target);
        Assert.Equal(FileDigester.Digest(target, null, Cancel).Sha256, FileDigester.Digest(link, null, Cancel).Sha256);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told_apart()
    {
        Assert.Throws<FileNotFoundException>(() => FileDigester.Digest(Path.Combine(folder, "none"), null, Cancel));
        Assert.Throws<DirectoryNotFoundException>(() => FileDigester.Digest(Path.Combine(folder, "none", "none"), null, Cancel));
        Assert.Throws<UnauthorizedAccessException>(() => FileDigester.Digest(folder, null, Cancel));
    }

    [Fact]
    public async Task A_pipe_is_read_to_its_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs mkfifo");
        var pipe = Path.Combine(folder, "pipe");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await mkfifo.WaitForExitAsync(Cancel);
        }

        var content = Pattern(300_000);
        var writing = Task.Run(() => File.WriteAllBytes(pipe, content), Cancel);
        var digest = FileDigester.Digest(pipe, null, Cancel).Sha256;
        await writing;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), digest.Hex);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_file_that_is_cut_off_while_it_is_read_has_no_digest(bool mapping)
    {
        var path = Write("file", Pattern(6 * Window));
        Task? cutting = null;
        using var begun = new ManualResetEventSlim();
        void CutNow()
        {
            begun.Set();
            Cut(path, Window + 7);
        }

        var options = new FileDigesterOptions
        {
            AllowMapping = mapping,

            // Under a lease the cut waits until reading takes over; without one it happens at once. Either way it must be seen.
            // A thread of its own, for those of the pool may all be busy with other tests.
            Progress = _ =>
            {
                cutting ??= Task.Factory.StartNew(CutNow, Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                begun.Wait(Cancel);
                Thread.Sleep(60);
            },
        };
        Assert.Throws<FileDigesterChangedException>(() => FileDigester.Digest(path, options, Cancel));
        await cutting!;
    }

    private static void Cut(string path, int length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(length);
    }

    [Fact]
    public void A_file_that_grows_while_it_is_read_has_no_digest()
    {
        var path = Write("file", Pattern(2 * Window));
        var grown = false;
        var options = new FileDigesterOptions
        {
            AllowMapping = false,
            Progress = _ =>
            {
                if (!grown)
                {
                    File.AppendAllText(path, "more");
                    grown = true;
                }
            },
        };
        Assert.Throws<FileDigesterChangedException>(() => FileDigester.Digest(path, options, Cancel));
    }

    [Fact]
    public void A_file_that_somebody_has_open_for_writing_is_digested_all_the_same()
    {
        var content = Pattern(2 * Window);
        var path = Write("file", content);
        using var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), FileDigester.Digest(path, null, Cancel).Sha256.Hex);
    }

    /// <summary>The goal is 16 MiB over the idle process; the test leaves room for the tests beside it: the file is eight times as long.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public void Memory_does_not_grow_with_the_file(bool mapping)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc/self/status");
        var path = Path.Combine(folder, "sparse");
        using (var file = new FileStream(path, FileMode.CreateNew))
        {
            file.SetLength(1_000_000_000);
        }

        FileDigester.Digest(Write("warm", Pattern(Window)), null, Cancel);
        var before = Resident();
        var most = 0L;
        var digest = FileDigester.Digest(path, new() { AllowMapping = mapping, Progress = _ => most = Math.Max(most, Resident()) }, Cancel);

        // sha256sum of 1,000 million zero bytes.
        Assert.Equal("bc17f06f9d9b5f6f79ca189a1772b1a3a38d6e40c45bec50f9c4f28144efddca", digest.Sha256.Hex);
        Assert.InRange(most - before, long.MinValue, 128L * 1024 * 1024);
    }

    private static long Resident()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim()[..^3], System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }
}
