using TaximeterAgent.Simulator.Drive;

namespace TaximeterAgent.Simulator.Tests.Drive;

public class PainterTests
{
    private readonly Painter _painter = new();

    [Fact]
    public void Only_rows_that_changed_are_written()
    {
        Assert.Equal("\e[0m\e[2J\e[1;1Hab\e[2;1Hcd", _painter.Paint(["ab", "cd"], 2));
        Assert.Equal("\e[2;1Hce", _painter.Paint(["ab", "ce"], 2));
        Assert.Equal("", _painter.Paint(["ab", "ce"], 2));
    }

    [Fact]
    public void Another_size_is_drawn_whole()
    {
        _painter.Paint(["ab", "cd"], 2);
        Assert.Equal("\e[0m\e[2J\e[1;1Hab\e[2;1Hcd", _painter.Paint(["ab", "cd"], 3));
        Assert.Equal("\e[0m\e[2J\e[1;1Hab", _painter.Paint(["ab"], 3));
    }

    [Fact]
    public void What_was_forgotten_is_drawn_whole()
    {
        _painter.Paint(["ab"], 2);
        _painter.Forget();
        Assert.Equal("\e[0m\e[2J\e[1;1Hab", _painter.Paint(["ab"], 2));
    }
}
