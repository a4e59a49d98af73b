namespace Aixv.Track.Pages;

/// <summary>A file of the pages in the forms in which it is sent.</summary>
/// <param name="Type">The media type.</param>
/// <param name="Plain">As it is.</param>
/// <param name="Brotli">Compressed when it was built; null where that would be no shorter, as for fonts.</param>
/// <param name="Gzip">Likewise.</param>
internal sealed record Asset(string Type, byte[] Plain, byte[]? Brotli, byte[]? Gzip);
