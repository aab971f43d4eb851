using System.Text;
using TaximeterAgent.PowerCuts.Recording;

namespace TaximeterAgent.PowerCuts.Tests;

/// <summary>strace's lines: what they become, and what is refused because a record with a hole would prove nothing.</summary>
public sealed class StraceReaderTests
{
    private const string Root = "/r";
    private static readonly string s_wal = Hex("/r/w");

    [Fact]
    public void A_write_has_its_place_and_its_bytes()
    {
        var write = Assert.IsType<FileOperation.Write>(Assert.Single(Read($"7 pwrite64(4<{s_wal}>, \"{Hex("abc")}\", 3, 4096) = 3")));
        Assert.Equal(("w", 4_096L, "abc"), (write.Path, write.Offset, Encoding.UTF8.GetString(write.Bytes)));
    }

    [Fact]
    public void A_short_write_has_the_bytes_that_were_written() =>
        Assert.Equal(2, Assert.IsType<FileOperation.Write>(Assert.Single(Read($"7 pwrite64(4<{s_wal}>, \"{Hex("abc")}\", 3, 0) = 2"))).Bytes.Length);

    [Fact]
    public void Room_that_is_taken_reaches_from_its_beginning() =>
        Assert.Equal(["allocate w to 4196"], Read($"7 fallocate(4<{s_wal}>, 0, 4096, 100) = 0", $"7 fallocate(4<{s_wal}>, 0, 4096, 100) = -1 ENOSPC (No space left on device)").Select(operation => operation.ToString()));

    [Fact]
    public void A_call_in_two_halves_has_happened_at_the_second() =>
        Assert.Equal(
            ["marker hello", "sync w"],
            Read($"7 fdatasync(4<{s_wal}> <unfinished ...>", $"8 pwrite64(9<{Hex("/m")}>, \"{Hex("hello\n")}\", 6, 0) = 6", "7 <... fdatasync resumed>) = 0").Select(operation => operation.ToString()));

    [Fact]
    public void A_call_that_failed_or_was_killed_has_not_happened() =>
        Assert.Empty(Read($"7 fdatasync(4<{s_wal}>) = -1 EIO (Input/output error)", $"7 fdatasync(4<{s_wal}>) = ?", $"7 unlink(\"{Hex("/r/x")}\") = -1 ENOENT (No such file or directory)"));

    [Fact]
    public void A_file_is_created_once() =>
        Assert.Equal(
            ["create w"],
            Read(
                $"7 openat(AT_FDCWD<{Hex("/")}>, \"{s_wal}\", O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 4<{s_wal}>",
                $"7 openat(AT_FDCWD<{Hex("/")}>, \"{s_wal}\", O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 4<{s_wal}>").Select(operation => operation.ToString()));

    [Fact]
    public void What_is_open_through_to_the_disk_is_on_it_when_a_write_returns() =>
        Assert.Equal(
            ["create w", "write w 3+3", "sync w"],
            Read(
                $"7 openat(AT_FDCWD<{Hex("/")}>, \"{s_wal}\", O_RDWR|O_CREAT|O_SYNC|O_CLOEXEC, 0600) = 4<{s_wal}>",
                $"7 pwrite64(4<{s_wal}>, \"{Hex("abc")}\", 3, 3) = 3").Select(operation => operation.ToString()));

    [Fact]
    public void Room_that_is_taken_makes_a_file_longer_and_certain_is_that_not() =>
        Assert.Equal(["allocate w to 150"], Read($"7 fallocate(4<{s_wal}>, 0, 50, 100) = 0").Select(operation => operation.ToString()));

    [Fact]
    public void Files_elsewhere_and_the_wal_index_are_nobodys_business() =>
        Assert.Empty(Read($"7 pwrite64(4<{Hex("/rr/w")}>, \"{Hex("abc")}\", 3, 0) = 3", $"7 pwrite64(4<{Hex("/r/d-shm")}>, \"{Hex("a")}\", 1, 0) = 1"));

    [Theory]
    [InlineData("7 write(4<{0}>, \"\\x61\", 1) = 1")]
    [InlineData("7 fallocate(4<{0}>, 0x1, 0, 100) = 0")]
    [InlineData("7 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 4<{0}>, 0) = 0x7fc7ad3c1000")]
    [InlineData("7 copy_file_range(4<{0}>, NULL, 5<{0}>, NULL, 10, 0) = 10")]
    [InlineData("7 pwrite64(4<{0}>, \"\\x61\"..., 10, 0) = 10")]
    public void What_the_model_does_not_know_is_refused(string line) =>
        Assert.Throws<InvalidDataException>(() => Read(line.Replace("{0}", s_wal, StringComparison.Ordinal)));

    private static List<FileOperation> Read(params string[] lines) => new StraceReader(Root, "/m").Read(lines, []);

    private static string Hex(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => $"\\x{b:x2}"));
}
