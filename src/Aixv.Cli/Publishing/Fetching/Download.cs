using System.Globalization;
using System.Net;
using System.Text;
using Aixv.Cli.Output;
using Aixv.Cli.Publishing.Transport;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>Gets the bytes of one file, beginning where an earlier run broke off.</summary>
/// <param name="maximumBytes">What is longer is refused.</param>
internal sealed class Download(App app, PeerHttp http, long maximumBytes)
{
    private const int Attempts = 5;
    private const string Complete = "complete";

    /// <summary>Fills <paramref name="path"/>; what another file left there is thrown away.</summary>
    /// <exception cref="CommandFailure">There is no such file, or it is too large.</exception>
    /// <exception cref="HttpRequestException">It broke off; what came so far is kept for the next time.</exception>
    public async Task RunAsync(RemoteFile file, string path, CancellationToken cancellationToken)
    {
        if (file.Size > maximumBytes)
        {
            throw TooLarge(file);
        }

        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var progress = Progress.Start(app, file.Path);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RunOnceAsync(file, path, progress, cancellationToken);
                return;
            }
            catch (HttpRequestException e) when (attempt < Attempts && e.StatusCode is null or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests && e.HttpRequestError != HttpRequestError.ConfigurationLimitExceeded)
            {
                await Task.Delay(PeerHttp.WaitAfter(attempt, null), app.Time, cancellationToken);
            }
        }
    }

    private CommandFailure TooLarge(RemoteFile file) => new($"{file.Path} is longer than {maximumBytes} bytes: raise --max-size if it is to be taken");

    private async Task RunOnceAsync(RemoteFile file, string path, Progress? progress, CancellationToken cancellationToken)
    {
        var note = ResumeNote.Read(path, file);
        if (note is { Tag: Complete })
        {
            return;
        }

        var have = note is null ? 0 : new FileInfo(path).Length;
        if (file.Size is { } expected && have >= expected)
        {
            have = 0;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PeerHttp.Silence);
        try
        {
            using var response = await http.OpenAsync(file.Request with { From = have, IfRange = note?.Tag is { Length: > 0 } tag ? tag : null }, limit.Token);
            if (have > 0 && response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                ResumeNote.Forget(path);
                throw new HttpRequestException($"{file.Path}: the rest is not to be had; it is fetched anew");
            }

            Require(response, file);
            var isRest = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
            if (response.StatusCode == HttpStatusCode.PartialContent && !isRest)
            {
                throw new HttpRequestException($"{file.Request.Address.Authority} sent another part of {file.Path} than was asked for");
            }

            ResumeNote.Write(path, file, TagOf(response));
            await CopyAsync(response, file, path, isRest ? have : 0, progress, limit);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{file.Request.Address.Authority} was silent for {PeerHttp.Silence.TotalSeconds:0} s", e);
        }

        ResumeNote.Write(path, file, Complete);
    }

    /// <summary>Only strong tags tell that the bytes are the same (RFC 9110 §13.1.5).</summary>
    private static string TagOf(HttpResponseMessage response) => response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : "";

    private static void Require(HttpResponseMessage response, RemoteFile file)
    {
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
        {
            return;
        }

        var message = $"{response.RequestMessage!.RequestUri!.Authority} answered {(int)response.StatusCode} for {file.Path}";
        throw response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests
            ? new HttpRequestException(message, null, response.StatusCode)
            : new CommandFailure(message);
    }

    private async Task CopyAsync(HttpResponseMessage response, RemoteFile file, string path, long start, Progress? progress, CancellationTokenSource limit)
    {
        var total = file.Size ?? (response.Content.Headers.ContentLength is { } rest ? start + rest : null);
        var most = file.Size ?? maximumBytes;
        await using var source = await response.Content.ReadAsStreamAsync(limit.Token);
        await using var target = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: true);
        target.SetLength(start);
        target.Position = start;
        var buffer = new byte[256 * 1024];
        while (await ReadAsync(source, buffer, file, limit.Token) is > 0 and var read)
        {
            if (target.Position + read > most)
            {
                ResumeNote.Forget(path);
                throw file.Size is null ? TooLarge(file) : new CommandFailure(string.Create(CultureInfo.InvariantCulture, $"{file.Path}: more bytes come than the {most} that were announced"));
            }

            await target.WriteAsync(buffer.AsMemory(0, read), limit.Token);
            progress?.Report(new FileDigesterProgress(target.Position, total));
            limit.CancelAfter(PeerHttp.Silence);
        }

        if (total is { } whole && target.Position < whole)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, string.Create(CultureInfo.InvariantCulture, $"{file.Path}: the download broke off after {target.Position} of {whole} bytes"));
        }

        target.Flush(flushToDisk: true);
    }

    private static async ValueTask<int> ReadAsync(Stream source, byte[] buffer, RemoteFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpIOException)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, $"{file.Path}: the download broke off: {e.Message}", e);
        }
    }

    /// <summary>What is known of a file that may not be whole yet: beside it, so that another run can go on.</summary>
    private sealed record ResumeNote(string Tag)
    {
        private static string NameOf(string path) => $"{path}.resume";

        private static string IdentityOf(RemoteFile file) => $"{file.Request.Address.GetLeftPart(UriPartial.Path)} {file.Digest} {file.Size}";

        public static ResumeNote? Read(string path, RemoteFile file)
        {
            if (!File.Exists(path) || !File.Exists(NameOf(path)) || File.ReadAllLines(NameOf(path)) is not [var identity, var tag] || identity != IdentityOf(file))
            {
                return null;
            }

            // Without a digest or a tag nothing tells whether the rest belongs to the same bytes.
            return tag.Length > 0 || file.Digest is not null ? new ResumeNote(tag) : null;
        }

        public static void Write(string path, RemoteFile file, string tag) => File.WriteAllText(NameOf(path), $"{IdentityOf(file)}\n{tag}\n", Encoding.UTF8);

        public static void Forget(string path) => File.Delete(NameOf(path));
    }
}
