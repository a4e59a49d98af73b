using System.Net;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Aixv.Track.Blobs;

/// <summary>Objects in a bucket of an S3-compatible store.</summary>
internal sealed class S3ObjectStore : IObjectStore
{
    private readonly AmazonS3Client client;
    private readonly string bucket;
    private readonly string prefix;

    public S3ObjectStore(S3Options options)
    {
        (bucket, prefix) = (options.Bucket, options.Prefix);
        var config = new AmazonS3Config { Timeout = TimeSpan.FromSeconds(20), MaxErrorRetry = 3 };
        if (options.Endpoint is { } endpoint)
        {
            (config.ServiceURL, config.ForcePathStyle, config.AuthenticationRegion) = (endpoint, true, options.Region);
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        client = options is { AccessKey: { } access, SecretKey: { } secret }
            ? new AmazonS3Client(new BasicAWSCredentials(access, secret), config)
            : new AmazonS3Client(config);
    }

    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(content.ToArray(), writable: false);
        var request = new PutObjectRequest { BucketName = bucket, Key = prefix + name, InputStream = body, UseChunkEncoding = false };
        await RunAsync($"write {name}", async () => await client.PutObjectAsync(request, cancellationToken));
    }

    public async Task<ReadOnlyMemory<byte>?> GetAsync(string name, (long Offset, int Length)? part, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = bucket, Key = prefix + name };
        if (part is { } wanted)
        {
            request.ByteRange = new ByteRange(wanted.Offset, wanted.Offset + wanted.Length - 1);
        }

        return await RunAsync<ReadOnlyMemory<byte>?>($"read {name}", async () =>
        {
            try
            {
                using var response = await client.GetObjectAsync(request, cancellationToken);
                var content = new MemoryStream(part?.Length ?? 0);
                await response.ResponseStream.CopyToAsync(content, cancellationToken);
                return content.ToArray();
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
            {
                return default;
            }
        });
    }

    public async IAsyncEnumerable<string> ListAsync(string under, string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix + under, StartAfter = after.Length == 0 ? null : prefix + after };
        ListObjectsV2Response page;
        do
        {
            page = await RunAsync($"list {under}", async () => await client.ListObjectsV2Async(request, cancellationToken));
            foreach (var found in page.S3Objects.Select(o => o.Key[prefix.Length..]).Where(n => string.CompareOrdinal(n, after) > 0))
            {
                yield return found;
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated);
    }

    private static async Task<T> RunAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or WebException)
        {
            throw new IOException($"track: the object store cannot {what}: {e.Message}", e);
        }
    }

    public void Dispose() => client.Dispose();
}
