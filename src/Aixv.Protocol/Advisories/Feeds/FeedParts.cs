using System.Text.Json;

namespace Aixv.Protocol.Advisories.Feeds;

/// <summary>Reads a feed piece by piece, in memory that does not grow with the feed.</summary>
internal sealed class FeedParts(Stream stream)
{
    /// <summary>The largest entry that is read, in bytes.</summary>
    public const int MaximumPartBytes = 8 * 1024 * 1024;

    private const int FirstBuffer = 64 * 1024;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private byte[] buffer = new byte[FirstBuffer];
    private int start;
    private int end;
    private bool isFinal;
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = 64 });
    private Place place = Place.Start;

    private enum Place
    {
        Start = 1,
        Members,
        Entries,
        End,
    }

    private enum Step
    {
        More = 1,
        Again,
        Part,
        End,
    }

    /// <summary>How much of the feed is held at once.</summary>
    public int BufferBytes => buffer.Length;

    /// <summary>Whether the member has been seen.</summary>
    public bool HasMember(string name) => names.Contains(name);

    /// <summary>The next part, or null at the end.</summary>
    /// <exception cref="FormatException">Not JSON, or not in the shape of a feed.</exception>
    public FeedPart? Next()
    {
        while (true)
        {
            Step step;
            FeedPart? part;
            try
            {
                step = Advance(out part);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new FormatException($"advisory feed: not valid JSON ({e.Message})", e);
            }

            switch (step)
            {
                case Step.Part:
                    return part;
                case Step.End:
                    return null;
                case Step.More:
                    Fill();
                    break;
                case Step.Again:
                    break;
            }
        }
    }

    private Step Advance(out FeedPart? part)
    {
        part = null;
        var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), isFinal, state);
        if (!reader.Read())
        {
            return isFinal ? (place == Place.End ? Step.End : throw new FormatException("advisory feed: the text ends in the middle")) : Step.More;
        }

        switch (place)
        {
            case Place.Start:
                Require(reader.TokenType == JsonTokenType.StartObject, "an object is expected");
                return Commit(ref reader, Place.Members);
            case Place.Members when reader.TokenType == JsonTokenType.EndObject:
                return Commit(ref reader, Place.End);
            case Place.Members:
                return Member(ref reader, out part);
            case Place.Entries when reader.TokenType == JsonTokenType.EndArray:
                return Commit(ref reader, Place.Members);
            case Place.Entries:
                return Value(ref reader, "entries", Place.Entries, out part);
            case Place.End:
            default:
                throw new FormatException("advisory feed: text after its end");
        }
    }

    private Step Member(ref Utf8JsonReader reader, out FeedPart? part)
    {
        part = null;
        var name = reader.GetString()!;
        if (!reader.Read())
        {
            return Incomplete();
        }

        if (name == "entries")
        {
            Require(reader.TokenType == JsonTokenType.StartArray, "$.entries: expected a list");
            Require(names.Add(name), "$.entries: twice");
            return Commit(ref reader, Place.Entries);
        }

        var step = Value(ref reader, name, Place.Members, out part);
        Require(step == Step.More || names.Add(name), $"$.{Schemas.Shape.Shorten(name)}: twice");
        return step;
    }

    private Step Value(ref Utf8JsonReader reader, string name, Place next, out FeedPart? part)
    {
        part = null;
        var from = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return Incomplete();
        }

        part = new FeedPart(name, buffer.AsSpan(start + from, (int)reader.BytesConsumed - from).ToArray());
        Commit(ref reader, next);
        return Step.Part;
    }

    private Step Incomplete() => isFinal ? throw new FormatException("advisory feed: the text ends in the middle") : Step.More;

    private Step Commit(ref Utf8JsonReader reader, Place next)
    {
        start += (int)reader.BytesConsumed;
        state = reader.CurrentState;
        place = next;
        return Step.Again;
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Require(buffer.Length < MaximumPartBytes, $"an entry has more than {MaximumPartBytes} bytes");
            Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaximumPartBytes));
        }

        var count = stream.Read(buffer, end, buffer.Length - end);
        end += count;
        isFinal = count == 0;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new FormatException($"advisory feed: {message}");
        }
    }
}
