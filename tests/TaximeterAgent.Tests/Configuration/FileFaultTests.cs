using System.Text;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Tests.Configuration;

public sealed class FileFaultTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();

    public void Dispose() => _configuration.Dispose();

    [Fact]
    public void A_missing_file_is_one_fault_and_not_one_for_each_key_it_would_have_held()
    {
        File.Delete(_configuration.File);

        Assert.Equal($"{_configuration.File}: found no such file; expected a readable JSON file (--config FILE names it)", _configuration.OneFault());
    }

    [Fact]
    public void A_directory_is_no_file()
    {
        var report = ConfigurationLoader.Load(Path.GetDirectoryName(_configuration.File)!, _configuration.Environment);

        Assert.Equal("a directory", Assert.Single(report.Faults).Found);
    }

    [Fact]
    public void A_file_that_opens_but_gives_nothing_is_told_as_one_that_cannot_be_read()
    {
        // The memory of this process: its first page is not there, so reading it is an I/O error, for root too.
        var report = ConfigurationLoader.Load("/proc/self/mem", _configuration.Environment);

        Assert.Equal("a file that cannot be read", Assert.Single(report.Faults).Found);
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_told_so()
    {
        _configuration.Mode(UnixFileMode.None);
        var report = _configuration.Load();

        // Root may read everything; then the file is simply right.
        if (Environment.IsPrivilegedProcess)
            Assert.Empty(report.Faults);
        else
            Assert.Equal("a file that may not be read", Assert.Single(report.Faults).Found);
    }

    [Fact]
    public void A_file_larger_than_any_configuration_is_not_read()
    {
        _configuration.Write(ReferencePage.SmallestFile + new string(' ', FileSource.Largest));

        Assert.Contains("found more than 65536 bytes", _configuration.OneFault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"Car\": { \"Id\": \"A\",, }\n}", 2, 22)]
    [InlineData("{\n// a comment\n}", 2, 1)]
    [InlineData("{ \"Car\": { \"Id\": \"A\", } }", 1, 23)]
    [InlineData("{} {}", 1, 4)]
    [InlineData("", 1, 1)]
    [InlineData("{\n", 2, 1)]
    public void Malformed_JSON_is_told_with_line_and_column(string text, int line, int column)
    {
        Assert.Equal(
            $"{_configuration.File}: found malformed JSON at line {line}, column {column}; expected one JSON object without comments",
            _configuration.Write(text).OneFault());
    }

    [Fact]
    public void A_secret_in_malformed_JSON_is_not_quoted()
    {
        var fault = _configuration.Write("{ \"EPayment\": { \"ClientSecret\": hunter2hunter2 } }").OneFault();

        Assert.DoesNotContain("hunter", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_no_Unicode_is_malformed()
    {
        _configuration.Write([.. "{ \"Car\": { \"Id\": \""u8, 0xC3, 0x28, .. "\" } }"u8]);
        Assert.Contains("malformed JSON", _configuration.OneFault(), StringComparison.Ordinal);
        Assert.Contains("malformed JSON", _configuration.Write("{ \"\\ud800\": 1 }").OneFault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{ \"Car\": 1 }]")]
    [InlineData("\"Car\"")]
    [InlineData("null")]
    public void JSON_that_is_no_object_is_a_fault(string text)
    {
        Assert.Contains("found JSON that is not an object", _configuration.Write(text).OneFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_malformed()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"Car\":", 40)) + "1" + new string('}', 40);

        Assert.All(_configuration.Write(deep).Load().Faults, fault => Assert.DoesNotContain("Exception", fault.ToString(), StringComparison.Ordinal));
        Assert.Contains(_configuration.Load().Faults, fault => fault.Found.StartsWith("malformed JSON", StringComparison.Ordinal));
    }

    [Fact]
    public void A_byte_order_mark_is_no_fault()
    {
        _configuration.Write([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(ReferencePage.SmallestFile)]);

        Assert.Equal("NO-4711-T7", _configuration.Options().Car.Id);
    }

    [Fact]
    public void A_name_that_stands_twice_is_a_fault_in_a_section_and_for_a_section()
    {
        _configuration.Write(ReferencePage.SmallestFile.Replace("\"Prefix\"", "\"Id\": \"NO-2\", \"Prefix\"", StringComparison.Ordinal));
        Assert.Equal($"Car:Id: found the name a second time in {_configuration.File} line 2; expected each name once", _configuration.OneFault());

        _configuration.Write(ReferencePage.SmallestFile[..^1] + ",\n\"Car\": { \"Brand\": \"X\" } }");
        Assert.Contains("Car: found the name a second time in ", _configuration.OneFault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Car:Ident", "Car:Id")]
    [InlineData("Car:id", "Car:Id")]
    [InlineData("EPayment:ClientSecrets", "EPayment:ClientSecret")]
    [InlineData("EPaymnet", "EPayment")]
    [InlineData("Meter:Serial:Baudrate", "Meter:Serial:BaudRate")]
    public void An_unknown_key_is_a_fault_that_names_the_nearest_and_not_the_value(string key, string nearest)
    {
        Assert.Equal(
            $"{key}: found an unknown key in {_configuration.File} line 1; expected a known one; the nearest is {nearest}",
            _configuration.With(key, "\"perhaps-a-secret\"").OneFault());
    }

    [Fact]
    public void A_key_like_no_other_has_no_nearest()
    {
        Assert.EndsWith("; expected one of the keys in docs/configuration.md", _configuration.With("Colour", "1").OneFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_colon_is_told_where_it_belongs()
    {
        _configuration.Write(ReferencePage.SmallestFile.Replace("\"Car\": {", "\"Car:Brand\": \"X\", \"Car\": {", StringComparison.Ordinal));

        Assert.Contains("Car:Brand: found an unknown key in ", _configuration.OneFault(), StringComparison.Ordinal);
        Assert.Contains("inside its section's braces", _configuration.OneFault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("[1, [2]]")]
    [InlineData("null")]
    public void A_value_where_a_section_belongs_is_a_fault(string json)
    {
        Assert.StartsWith("Outbox: found a value in ", _configuration.With("Outbox", json).OneFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_cannot_break_the_line_or_repaint_the_terminal()
    {
        var fault = _configuration.With("Car:\u001b[2J\nX\u202e", "1").OneFault();

        Assert.StartsWith("Car:?[2J?X?: found an unknown key", fault, StringComparison.Ordinal);
    }
}
