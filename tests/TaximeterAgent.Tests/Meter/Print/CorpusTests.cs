using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Tests.Meter.Print;

/// <summary>All sample prints, each with what must be read from it.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> All => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void What_must_be_read_is_read(string name)
    {
        var expected = File.ReadAllText(Samples.PathOf(name, ".expected"));
        var reading = Samples.Read(name);

        // Of two receipts in one another only that is certain.
        if (expected.Contains("doubts: *", StringComparison.Ordinal))
        {
            Assert.Equal(PrintKind.Doubtful, reading.Kind);
            Assert.Contains(ReadingDoubt.Mixed, reading.Doubts);
            return;
        }

        Assert.Equal(expected, Samples.Describe(reading));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_bytes_are_those_of_the_readable_source(string name)
    {
        var bytes = PrintSource.Bytes(File.ReadAllText(Samples.PathOf(name, ".print")));
        if (Environment.GetEnvironmentVariable("TAXIMETER_WRITE_DOCS") is { Length: > 0 })
            File.WriteAllBytes(Samples.PathOf(name, ".bin"), bytes);

        Assert.True(bytes.AsSpan().SequenceEqual(Samples.Bytes(name)), $"{name}.bin is not made of {name}.print: run this test with TAXIMETER_WRITE_DOCS=1");
    }

    [Fact]
    public void There_are_six_layouts_in_six_languages_and_more_than_thirty_prints()
    {
        var templates = Samples.Names.Select(name => name.Split('/')[0]).Distinct().Select(Samples.Template).ToList();

        Assert.True(Samples.Names.Count >= 30);
        Assert.Equal(6, templates.Select(template => template.Id.Split('-')[0]).Distinct().Count());
        Assert.Equal(["da", "de", "en", "fi", "nb", "sv"], templates.Select(template => template.Language).Distinct().Order());
        Assert.All(ShippedTemplates.Names, name => Assert.Contains(templates, template => template.Id == name));
    }

    [Fact]
    public void No_template_takes_a_print_of_another_meter_for_a_fare()
    {
        foreach (var name in Samples.Names)
        {
            foreach (var template in ShippedTemplates.All.Where(template => template.Id != name.Split('/')[0]))
            {
                foreach (var print in TaximeterAgent.Meter.Print.EscPos.EscPosReader.ReadAll(Samples.Bytes(name), template.Printer))
                    Assert.NotEqual(PrintKind.Fare, ReceiptReader.Read(print, template).Kind);
            }
        }
    }

    [Fact]
    public void A_copy_has_the_hash_of_what_it_is_a_copy_of_and_another_receipt_has_not()
    {
        Assert.Equal(Samples.Read("columns-sv/plain").Hash, Samples.Read("columns-sv/copy").Hash);
        Assert.Equal(Samples.Read("narrow-nb/supplement").Hash, Samples.Read("narrow-nb/copy").Hash);
        Assert.NotEqual(Samples.Read("columns-sv/plain").Hash, Samples.Read("columns-sv/waiting").Hash);
    }
}
