using System.Text;
using Spectre.Console;
using TaximeterAgent.Simulator.Drive;
using TaximeterAgent.Simulator.Tests.Car;

namespace TaximeterAgent.Simulator.Tests.Drive;

public class DriveSessionTests
{
    private readonly PaperCar _car = new();
    private readonly PaperTerminal _terminal = new();

    [Fact]
    public async Task Q_gives_the_terminal_back()
    {
        await RunAsync(look: 3, "q");
        Assert.Equal((1, 1), (_terminal.Entered, _terminal.Given));
    }

    [Fact]
    public async Task Nothing_is_written_while_nothing_changes()
    {
        await RunAsync(look: 100, "q");
        Assert.Single(_terminal.Written);
    }

    [Fact]
    public async Task What_changes_is_written_and_no_more()
    {
        await RunAsync(look: 3, "n", look2: 3, "q");
        Assert.Equal(2, _terminal.Written.Count);
        Assert.Contains("OFF", _terminal.Written[1]);
        Assert.True(_terminal.Written[1].Length < _terminal.Written[0].Length / 4);
    }

    [Fact]
    public async Task However_fast_the_keys_come_it_is_drawn_ten_times_a_second_at_most()
    {
        _terminal.Passes = TimeSpan.FromMilliseconds(7); // 15 keys a picture: an odd number, so that each picture differs from the one before
        for (int key = 0; key < 1000; key++)
            _terminal.Then("n");
        _terminal.Then("q");
        await RunAsync();
        Assert.InRange(_terminal.Written.Count, 35, 71); // in seven seconds
        Assert.Equal(1000, _car.Done.Count);
    }

    [Fact]
    public async Task Another_size_is_drawn_anew()
    {
        _terminal.Then("").Then(() => _terminal.Size = (120, 40)).Then("").Then(() => _terminal.Size = (40, 10)).Then("").Then("q");
        await RunAsync();
        Assert.Equal(3, _terminal.Written.Count);
        Assert.Contains("What happens", _terminal.Written[1]);
        Assert.Contains("make the window larger", _terminal.Written[2]);
    }

    [Fact]
    public async Task A_terminal_that_is_gone_ends_it()
    {
        _terminal.Then("").Then(() => _terminal.Size = null);
        await RunAsync();
        Assert.Equal(1, _terminal.Given);
    }

    [Fact]
    public async Task Whoever_stops_it_gets_the_terminal_back()
    {
        using var stop = new CancellationTokenSource();
        _car.Model = Cars.Asked;
        _terminal.Then("").Then(stop.Cancel);
        await RunAsync(stop.Token);
        Assert.Equal(1, _terminal.Given);
    }

    [Fact]
    public async Task A_mistake_of_ours_gives_the_terminal_back_and_is_not_hidden()
    {
        _car.Fault = new InvalidOperationException("a mistake");
        _terminal.Then("n");
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync());
        Assert.Equal("a mistake", error.Message);
        Assert.Equal(1, _terminal.Given);
    }

    [Fact]
    public async Task After_it_was_stopped_and_continued_it_takes_the_terminal_again()
    {
        DriveSession session = Session();
        _terminal.Then("").Then(session.Again).Then("").Then("q");
        await session.RunAsync(CancellationToken.None);
        Assert.Equal((2, 1), (_terminal.Entered, _terminal.Given));
        Assert.Equal(_terminal.Written[0], _terminal.Written[1]);
    }

    private DriveSession Session() => new(_car, _terminal, ColorSystemSupport.NoColors, _terminal.Time);

    private Task RunAsync(CancellationToken stop = default) => Session().RunAsync(stop).WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);

    private Task RunAsync(int look, string keys, int look2 = 0, string keys2 = "")
    {
        for (int time = 0; time < look; time++)
            _terminal.Then("");
        _terminal.Then(keys);
        for (int time = 0; time < look2; time++)
            _terminal.Then("");
        _terminal.Then(keys2);
        return RunAsync();
    }

    /// <summary>A terminal whose person acts at each wait, while time passes.</summary>
    private sealed class PaperTerminal : ITerminal
    {
        private readonly Queue<Action> _person = new();
        private byte[] _typed = [];

        public ManualTime Time { get; } = new();

        public TimeSpan Passes { get; set; } = TimeSpan.FromMilliseconds(100);

        public (int Columns, int Rows)? Size { get; set; } = (80, 24);

        public int Entered { get; private set; }

        public int Given { get; private set; }

        public List<string> Written { get; } = [];

        public PaperTerminal Then(string keys) => Then(() => _typed = Encoding.ASCII.GetBytes(keys));

        public PaperTerminal Then(Action act)
        {
            _person.Enqueue(act);
            return this;
        }

        public void Enter() => Entered++;

        public void Leave() => Given++;

        public void Write(string text) => Written.Add(text);

        public byte[] Typed()
        {
            byte[] typed = _typed;
            _typed = [];
            return typed;
        }

        public Task WaitAsync(TimeSpan atMost)
        {
            Time.Pass(Passes);
            _person.Dequeue()();
            return Task.CompletedTask;
        }

        public void Wake()
        {
        }
    }
}
