using System.Globalization;
using Npgsql;

namespace Aixv.Track.Storage;

/// <summary>Connection settings as other programs write them: <c>postgres://user:password@host:port/database?sslmode=require</c>.</summary>
internal static class PostgresUrl
{
    /// <exception cref="ArgumentException">Neither such a URL nor a connection string. The text is not repeated: it may hold a password.</exception>
    public static string ToConnectionString(string text)
    {
        try
        {
            return text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal)
                ? FromUrl(new Uri(text))
                : new NpgsqlConnectionStringBuilder(text).ToString();
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new ArgumentException("connection: expected postgres://user:password@host:port/database or 'Host=…;Database=…;Username=…;Password=…'");
        }
    }

    private static string FromUrl(Uri url)
    {
        var builder = new NpgsqlConnectionStringBuilder { Host = url.Host, Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')) };
        if (url.Port > 0)
        {
            builder.Port = url.Port;
        }

        var user = url.UserInfo.Split(':', 2);
        builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var name = parts[0].ToLower(CultureInfo.InvariantCulture) is "sslmode" ? "SSL Mode" : Uri.UnescapeDataString(parts[0]);
            builder[name] = Uri.UnescapeDataString(parts.Length == 2 ? parts[1].Replace("-", "", StringComparison.Ordinal) : "");
        }

        return builder.ToString();
    }
}
