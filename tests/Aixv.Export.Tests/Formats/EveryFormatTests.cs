using System.Globalization;
using System.Text;
using Aixv.Export.Formats;

namespace Aixv.Export.Tests.Formats;

/// <summary>What holds for every format over every sample.</summary>
public sealed class EveryFormatTests
{
    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var exporter in Exporters.All)
            {
                foreach (var sample in Samples.Names)
                {
                    data.Add(exporter.Format.Id, sample);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void The_same_dossier_is_the_same_bytes_in_every_culture(string format, string sample)
    {
        var exporter = Exporters.Find(format)!;
        var first = ExportedBytes.TryOf(exporter, sample);
        if (first is null)
        {
            Assert.Throws<ExportRefusedException>(() => exporter.Write(Samples.Dossier(sample), Stream.Null));
            // What exists only signed, or needs what a transparency service gave, has tests of its own.
            Assert.True(sample != Samples.Full || (exporter.Format.Needs & (ExportNeeds.Signing | ExportNeeds.Receipt)) != 0);
            return;
        }

        var before = CultureInfo.CurrentCulture;
        try
        {
            var turkish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            turkish.NumberFormat.NumberDecimalSeparator = ",";
            turkish.NumberFormat.NegativeSign = "~";
            turkish.DateTimeFormat.TimeSeparator = ".";
            CultureInfo.CurrentCulture = turkish;
            Assert.Equal(first, ExportedBytes.TryOf(exporter, sample));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Its_own_checks_recognize_and_accept_it(string format, string sample)
    {
        var exporter = Exporters.Find(format)!;
        if (ExportedBytes.TryOf(exporter, sample) is { } bytes)
        {
            var probe = new DocumentProbe(bytes, null);
            Assert.True(exporter.Recognizes(probe), "it does not recognise its own document");
            Assert.Contains(exporter, Exporters.Recognize(probe));
            Assert.Empty(exporter.Faults(probe));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Text_is_UTF_8_without_raw_controls_or_changes_of_direction(string format, string sample)
    {
        var exporter = Exporters.Find(format)!;
        if (exporter is JsonExporter or XmlExporter or TextExporter && ExportedBytes.TryOf(exporter, sample) is { } bytes)
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            Assert.False(text.StartsWith('\uFEFF'), "a byte order mark");
            Assert.DoesNotContain(text, unit => unit < ' ' && unit is not ('\n' or '\r' or '\t'));
        }
    }

    /// <summary>Whatever lies in a file, asking what it is must not fail.</summary>
    [Fact]
    public void Nothing_makes_recognition_fail()
    {
        byte[][] documents = [[], [0], [0xff, 0xfe], "{"u8.ToArray(), "{}"u8.ToArray(), "[]"u8.ToArray(), "null"u8.ToArray(), "<a/>"u8.ToArray(), "<a"u8.ToArray(), "\"\""u8.ToArray(), "{\"_type\":1,\"bomFormat\":{}}"u8.ToArray()];
        foreach (var document in documents)
        {
            var probe = new DocumentProbe(document, null);
            foreach (var exporter in Exporters.Recognize(probe))
            {
                Assert.NotNull(exporter.Faults(probe).ToList());
            }
        }
    }

    [Fact]
    public void Ids_and_aliases_are_unique()
    {
        var names = Exporters.All.SelectMany(e => e.Format.Aliases.Prepend(e.Format.Id)).ToList();
        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
    }
}
