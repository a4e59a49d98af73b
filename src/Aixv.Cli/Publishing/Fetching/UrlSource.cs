using System.Net;
using Aixv.Cli.Publishing.Transport;
using Aixv.Protocol.Predicates;
using Aixv.Sigstore.Bundles;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>A file at an address: its bundles lie beside it, by the names that <c>sign</c> and <c>attest</c> give.</summary>
internal sealed class UrlSource(PeerHttp http, Uri address) : IModelSource
{
    private const string Suffix = ".sigstore.json";

    public async Task<RemoteModel> LookAsync(CancellationToken cancellationToken)
    {
        var name = Uri.UnescapeDataString(address.Segments[^1]).TrimEnd('/');
        if (name.Length == 0)
        {
            throw new CommandFailure($"{address}: the address of a file is expected");
        }

        var bundles = new List<RemoteBundle>();
        var stem = Path.GetFileNameWithoutExtension(name);
        foreach (var candidate in (string[])[$"{name}{Suffix}", .. PredicateTypes.All.Select(type => $"{stem}.{type.Alias}{Suffix}")])
        {
            var answer = await http.SendAsync(new PeerRequest(HttpMethod.Get, new Uri(address, Uri.EscapeDataString(candidate))) { MaximumBytes = Bundle.MaximumBytes }, cancellationToken);
            if (answer.IsGood && RemoteBundle.TryRead(candidate, answer.Body, answer.Address.GetLeftPart(UriPartial.Path)) is { } bundle)
            {
                bundles.Add(bundle);
            }
            else if (answer.Status >= HttpStatusCode.InternalServerError)
            {
                throw new HttpRequestException($"{address.Authority} failed: {answer.Problem}", null, answer.Status);
            }
        }

        return new RemoteModel(address.GetLeftPart(UriPartial.Path), "", [new RemoteFile(name, null, null, new PeerRequest(HttpMethod.Get, address))], bundles, []);
    }
}
