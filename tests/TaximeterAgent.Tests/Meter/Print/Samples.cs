using System.Globalization;
using System.Text;
using TaximeterAgent.Control;
using TaximeterAgent.Meter.Print.EscPos;
using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Meter.Print.Templates;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Meter.Print;

/// <summary>The samples in <c>deploy/receipts/samples</c>: for each its readable source, its bytes, and what must be read from it.</summary>
internal static class Samples
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "deploy", "receipts");

    /// <summary>Each as <c>template/sample</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Folder, "samples"), "*.print", SearchOption.AllDirectories)
            .Select(path => $"{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileNameWithoutExtension(path)}").Order(StringComparer.Ordinal),
    ];

    public static string PathOf(string name, string ending) => Path.Combine(Folder, "samples", name + ending);

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name, ".bin"));

    public static ReceiptTemplate Template(string id)
    {
        var report = TemplateFile.Read(Path.Combine(Folder, id + ".template"));
        Assert.True(report.Template is not null, string.Join("\n", report.Faults));
        return report.Template!;
    }

    /// <summary>Reads it by the template whose sample it is; it is one print.</summary>
    public static ReceiptReading Read(string name)
    {
        var template = Template(name.Split('/')[0]);
        return ReceiptReader.Read(Assert.Single(EscPosReader.ReadAll(Bytes(name), template.Printer)), template);
    }

    /// <summary>A reading as the expected files have it.</summary>
    public static string Describe(ReceiptReading reading)
    {
        var text = new StringBuilder();
        Add("kind", Kebab.Of(reading.Kind));
        if (reading.Doubts.Count > 0)
            Add("doubts", string.Join(',', reading.Doubts.Select(Kebab.Of)));
        if (reading.Total is { } total)
        {
            Add("total", Amount(total));
            Add("fare", Amount(reading.FareAmount));
            Add("supplements", Amount(reading.Supplements));
            Add("tip", Amount(reading.Tip));
        }

        Add("vat", reading.Vat?.ToString(CultureInfo.InvariantCulture));
        Add("trip", reading.Trip);
        Add("start", reading.Start?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        Add("finish", reading.Finish?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        Add("distance", reading.Distance?.ToString(CultureInfo.InvariantCulture));
        Add("tariff", reading.Tariff);
        return text.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
                text.Append(name).Append(": ").Append(value).Append('\n');
        }
    }

    private static string Amount(long minor) => string.Create(CultureInfo.InvariantCulture, $"{minor / 100}.{minor % 100:00}");
}
