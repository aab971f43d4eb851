using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Tests.Driver.Devices;

public sealed class KeymapTests
{
    [Theory]
    [InlineData("KEY_F1=Menu", 59, Key.Menu)]
    [InlineData("183=Enter", 183, Key.Enter)]
    [InlineData(" KEY_HOME = 7 ,KEY_INSERT=0", 102, Key.Digit7)]
    [InlineData("KEY_HOME=7,KEY_INSERT=0", 110, Key.Digit0)]
    [InlineData("767=D", 767, Key.D)]
    public void An_entry_says_what_a_code_is(string text, ushort code, Key key)
    {
        Assert.True(Keymap.TryParse(text, out var keymap));
        Assert.Equal(key, keymap.Find(code));
        Assert.Equal(Key.Digit5, keymap.Find(6));
    }

    [Fact]
    public void None_takes_a_key_away() => Assert.Null(Keymap.TryParse("KEY_KPDOT=None", out var keymap) ? keymap.Find(83) : Key.A);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void Nothing_changes_nothing(string text)
    {
        Assert.True(Keymap.TryParse(text, out var keymap));
        Assert.Same(Keymap.Standard, keymap);
    }

    [Theory]
    [InlineData("KEY_F1")]
    [InlineData("KEY_F1=")]
    [InlineData("=Menu")]
    [InlineData("KEY_F1=Menu=Up")]
    [InlineData("KEY_F1=Menu,")]
    [InlineData("KEY_F1=menu")]
    [InlineData("key_f1=Menu")]
    [InlineData("KEY_NOSUCH=Menu")]
    [InlineData("0=Menu")]
    [InlineData("768=Menu")]
    [InlineData("70000=Menu")]
    [InlineData("-1=Menu")]
    [InlineData("KEY_F1=10")]
    [InlineData("KEY_F1=Digit1")]
    [InlineData("KEY_F1=Menu, 59=Up")]
    public void A_mistake_is_refused(string text) => Assert.False(Keymap.TryParse(text, out _));

    [Fact]
    public void There_is_an_end_to_a_keymap() =>
        Assert.False(Keymap.TryParse(string.Join(',', Enumerable.Range(1, Keymap.EntriesMaximum + 1).Select(code => $"{code}=A")), out _));
}
