using Aixv.Track.Attestations;

namespace Aixv.Track.Lineage;

/// <summary>Numbers the words of relations. One writer; readers may read meanwhile.</summary>
internal sealed class RelationWords
{
    private readonly Dictionary<string, ushort> numbers = new(StringComparer.Ordinal);
    private readonly Chunks<Word> words = new();

    private readonly record struct Word(string Text);

    public string WordOf(ushort number) => words.At(number).Text;

    /// <summary>The word's number; what would be too many are all called by the last.</summary>
    public ushort Number(string word)
    {
        if (!numbers.TryGetValue(word, out var number))
        {
            number = (ushort)Math.Min(numbers.Count, ushort.MaxValue);
            numbers[word] = number;
            words.Make(number) = new Word(word);
        }

        return number;
    }

    /// <summary>Whether an edge with this word is of an import of this source.</summary>
    public bool IsOf(ushort number, string source) => EdgeWords.IsDescribedBy(WordOf(number), source);
}
