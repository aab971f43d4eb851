using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Tests.Driver.Devices.Contracts;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver.Devices;

/// <summary>How a pad is found, taken and, where it cannot be, what is said.</summary>
public sealed class InputDevicesTests : IDisposable
{
    private const int Busy = 16;
    private const int NoSuchDevice = 19;

    private readonly TestFiles _files = new();
    private readonly FakeInputCalls _calls = new();
    private readonly List<TestTerminal> _terminals = [];

    private InputDevices Devices => new(_calls, Path.GetDirectoryName(_files.Path("event0"))!);

    public void Dispose()
    {
        _terminals.ForEach(terminal => terminal.Dispose());
        _files.Dispose();
    }

    [Fact]
    public void A_pad_is_found_by_the_name_that_it_gives_itself_the_lowest_number_first()
    {
        foreach (var name in (string[])["event0", "event10", "event2", "mouse0"])
            Device(name);
        _calls.Names("Power Button", "A pad", "A pad");
        var opening = Open("name:A pad");
        Assert.Contains("event2)", opening.Status.Message);
        Assert.Contains("\"A pad\"", opening.Status.Message);
        Assert.Equal((1, 1), (_calls.Grabs, _calls.NumLockLit));
    }

    [Theory]
    [InlineData("name:a pad")]
    [InlineData("name:A pa")]
    public void A_name_is_compared_letter_by_letter(string device)
    {
        Device("event0");
        _calls.Names("A pad");
        var status = Open(device).Status;
        Assert.Equal(DeviceState.Missing, status.State);
        Assert.Contains("no device in", status.Message);
    }

    [Fact]
    public void A_name_in_a_directory_that_is_not_there_is_not_there() =>
        Assert.Equal(DeviceState.Missing, new InputDevices(_calls, _files.Path("none")).Open("name:A pad", allowFifo: false).Status.State);

    [RootFact]
    public void Where_devices_may_not_be_looked_at_the_group_is_told()
    {
        File.WriteAllText(_files.Path("event0"), "");
        File.SetUnixFileMode(_files.Path("event0"), UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        File.SetUnixFileMode(Path.GetDirectoryName(_files.Path("event0"))!, (UnixFileMode)0b111_101_101);
        Assert.True(TestFiles.AsNobody(() =>
        {
            // As root the file belongs to the group 0, which is nobody's to join.
            var status = Open("name:A pad").Status;
            Assert.Equal(DeviceState.Forbidden, status.State);
            Assert.Contains("event0", status.Message);
        }));
    }

    [RootFact]
    public void A_forbidden_pad_names_the_group_that_is_missing()
    {
        var path = _files.Path("event0");
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        File.SetUnixFileMode(Path.GetDirectoryName(path)!, (UnixFileMode)0b111_101_101);
        var line = File.ReadLines("/etc/group").Select(one => one.Split(':')).First(fields => fields[2] != "0");
        TestFiles.GiveToGroup(path, uint.Parse(line[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(TestFiles.AsNobody(() =>
        {
            var status = Open(path).Status;
            Assert.Equal(DeviceState.Forbidden, status.State);
            Assert.EndsWith($"the agent's user needs the group {line[0]}.", status.Message, StringComparison.Ordinal);
        }));
    }

    [Theory]
    [InlineData(Busy, DeviceState.Busy, "grabbed by another program")]
    [InlineData(NoSuchDevice, DeviceState.Missing, "unplugged")]
    [InlineData(25, DeviceState.Unusable, "not an input device")]
    public void A_pad_that_cannot_be_grabbed_is_not_used(int error, object state, string words)
    {
        _calls.GrabError = error;
        var opening = Open(Device("event0"));
        Assert.Equal(-1, opening.Descriptor);
        Assert.Equal((DeviceState)state, opening.Status.State);
        Assert.Contains(words, opening.Status.Message);
        Assert.Equal(0, _calls.NumLockLit);
    }

    private DeviceOpening Open(string device)
    {
        var opening = Devices.Open(device, allowFifo: false);
        if (opening.Descriptor >= 0)
            TestFiles.Close(opening.Descriptor);
        return opening;
    }

    private string Device(string name)
    {
        var terminal = new TestTerminal();
        _terminals.Add(terminal);
        File.CreateSymbolicLink(_files.Path(name), terminal.Path);
        return _files.Path(name);
    }
}
