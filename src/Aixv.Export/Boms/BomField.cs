using System.Collections.Frozen;

namespace Aixv.Export.Boms;

/// <summary>A member of a CycloneDX object, as JSON, XML and protobuf have it.</summary>
/// <param name="Name">In JSON.</param>
/// <param name="Number">In protobuf; 0 where it has none.</param>
internal sealed record BomField(string Name, int Number)
{
    /// <summary>In XML.</summary>
    public string XmlName { get; init; } = Name;

    public BomForm Form { get; init; }

    public BomValue Value { get; init; }

    public bool IsList { get; init; }

    /// <summary>The element of an item of a wrapped list.</summary>
    public string ItemName { get; init; } = Name;

    /// <summary>The words and their protobuf numbers, for <see cref="BomValue.Word"/>.</summary>
    public FrozenDictionary<string, int> Words { get; init; } = FrozenDictionary<string, int>.Empty;

    /// <summary>For <see cref="BomValue.Object"/>; a function, since objects nest.</summary>
    public Func<BomShape>? Of { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Whether in JSON the object's members stand where the member itself would.</summary>
    public bool IsInline { get; init; }

    /// <summary>Whether it is text that names a bom-ref of the same document, or an element of another by BOM-Link.</summary>
    public bool IsLink { get; init; }

    /// <summary>Whether older documents have a list of something else in its place, which stays unread.</summary>
    public bool MayBeList { get; init; }

    /// <summary>Whether protobuf has the list in a message of its own.</summary>
    public bool IsNested { get; init; }

    /// <summary>Whether only 1.7 has it.</summary>
    public bool IsNew { get; init; }

    public static BomField Text(string name, int number) => new(name, number);

    public static BomField Attribute(string name, int number) => new(name, number) { Form = BomForm.Attribute };

    public static BomField Time(string name, int number) => new(name, number) { Value = BomValue.Time };

    public static BomField Word(string name, int number, FrozenDictionary<string, int> words) => new(name, number) { Value = BomValue.Word, Words = words };

    public static BomField Link(string name, int number) => new(name, number) { IsLink = true };

    public static BomField Object(string name, int number, Func<BomShape> of) => new(name, number) { Value = BomValue.Object, Of = of };

    /// <summary>A list of objects in an element of its own.</summary>
    public static BomField Objects(string name, int number, string item, Func<BomShape> of) =>
        new(name, number) { Value = BomValue.Object, Of = of, IsList = true, Form = BomForm.Wrapped, ItemName = item };

    public static BomField Texts(string name, int number, string item) => new(name, number) { IsList = true, Form = BomForm.Wrapped, ItemName = item };

    public static BomField References(string name, int number, string item) =>
        new(name, number) { Value = BomValue.Reference, IsList = true, Form = BomForm.Wrapped, ItemName = item };
}
