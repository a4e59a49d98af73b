using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Aixv.Authority.Storage;
using Aixv.Sigstore.Json;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Keys;

/// <summary><c>services.json</c>: every generation of every service, past and current. The trusted root is made from it.</summary>
internal sealed class ServiceRegister
{
    private const int MaximumBytes = 16 * 1024 * 1024;
    private const int MaximumGenerations = 10_000;
    private readonly string path;

    private ServiceRegister(string path, ImmutableArray<ServiceGeneration> all)
    {
        this.path = path;
        All = all;
    }

    public ImmutableArray<ServiceGeneration> All { get; private set; }

    /// <summary>The generations of a role, oldest first.</summary>
    public IEnumerable<ServiceGeneration> Of(ServiceRole role) => All.Where(g => g.Role == role).OrderBy(g => g.Number);

    /// <summary>The generation in use, or null before the first.</summary>
    public ServiceGeneration? Current(ServiceRole role) => Of(role).LastOrDefault(g => g.End is null);

    /// <summary>The number that the role's next generation gets.</summary>
    public int NextNumber(ServiceRole role) => Of(role).Select(g => g.Number).DefaultIfEmpty(0).Max() + 1;

    /// <summary>Adds a generation, ending the one before it at <paramref name="previousEnd"/>, in one durable step.</summary>
    public void Add(ServiceGeneration generation, DateTimeOffset previousEnd)
    {
        All = [.. All.Select(g => g.Role == generation.Role && g.End is null ? g with { End = previousEnd } : g), generation];
        AtomicFile.Write(path, Serialize(), AtomicFile.Public);
    }

    /// <exception cref="IOException">The file is there but damaged.</exception>
    public static ServiceRegister Open(DataFolder data)
    {
        var path = data.File("services.json");
        if (!File.Exists(path))
        {
            return new ServiceRegister(path, []);
        }

        try
        {
            var json = ProtoObject.Parse(File.ReadAllBytes(path), MaximumBytes).Only("generations");
            return new ServiceRegister(path, [.. json.Messages("generations", MaximumGenerations).Select(Read)]);
        }
        catch (FormatException e)
        {
            throw new IOException($"{path} is damaged: {e.Message}; restore it from a backup", e);
        }
    }

    private static ServiceGeneration Read(ProtoObject json)
    {
        json.Only("role", "number", "publicKey", "start", "end", "chain", "origin");
        return new ServiceGeneration
        {
            Role = Enum.TryParse<ServiceRole>(json.RequiredText("role"), out var role) && Enum.IsDefined(role)
                ? role
                : throw new FormatException($"{json.Path}.role: '{json.Text("role")}' is no service"),
            Number = checked((int)json.Number("number")),
            PublicKey = PublicKey.FromSpki(json.RequiredBytes("publicKey")),
            Start = json.Time("start") ?? throw new FormatException($"{json.Path}.start: required and missing"),
            End = json.Time("end"),
            Chain = [.. json.BytesList("chain", 8)],
            Origin = json.Text("origin"),
        };
    }

    private ReadOnlySpan<byte> Serialize()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("generations");
            foreach (var generation in All)
            {
                Write(writer, generation);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, ServiceGeneration generation)
    {
        writer.WriteStartObject();
        writer.WriteString("role", generation.Role.ToString());
        writer.WriteString("number", generation.Number.ToString(CultureInfo.InvariantCulture));
        writer.WriteBase64String("publicKey", generation.PublicKey.Spki.Span);
        writer.WriteString("start", Rfc3339.Format(generation.Start));
        if (generation.End is { } end)
        {
            writer.WriteString("end", Rfc3339.Format(end));
        }

        if (generation.Origin is { } origin)
        {
            writer.WriteString("origin", origin);
        }

        writer.WriteStartArray("chain");
        foreach (var certificate in generation.Chain)
        {
            writer.WriteBase64StringValue(certificate);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
