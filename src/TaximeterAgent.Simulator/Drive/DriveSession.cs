using Spectre.Console;

namespace TaximeterAgent.Simulator.Drive;

/// <summary>A person at the terminal and a car: takes keys, draws what has changed. Whatever happens, the terminal is given back as it was.</summary>
internal sealed class DriveSession(IDrivenCar car, ITerminal terminal, ColorSystemSupport colors, TimeProvider time)
{
    /// <summary>Between two pictures, at least; also how long a wait lasts at most, since the car moves by itself.</summary>
    private static readonly TimeSpan BetweenPictures = TimeSpan.FromMilliseconds(100);

    private readonly CarController _controller = new(car);
    private readonly KeyReader _keys = new();
    private readonly Painter _painter = new();
    private (CarModel Model, int Columns, int Rows)? _drawn;
    private volatile bool _forget;

    /// <summary>Drives until the person leaves, the terminal is gone, or <paramref name="stop"/> says so.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            terminal.Enter();
            // Long ago: the first picture is due at once.
            long last = time.GetTimestamp() - time.TimestampFrequency;
            while (!stop.IsCancellationRequested)
            {
                byte[] typed = terminal.Typed();
                foreach (char key in typed.Length > 0 ? _keys.Take(typed) : _keys.Pause())
                {
                    await _controller.PressAsync(key);
                    if (_controller.Left)
                        return;
                }

                TimeSpan wait = BetweenPictures - time.GetElapsedTime(last);
                if (wait <= TimeSpan.Zero)
                {
                    if (!Draw())
                        return;
                    last = time.GetTimestamp();
                    wait = BetweenPictures;
                }

                await terminal.WaitAsync(wait);
            }
        }
        finally
        {
            terminal.Leave();
        }
    }

    /// <summary>The terminal shows something else, such as after the job was stopped: takes it again and draws anew. May be called from any thread.</summary>
    public void Again()
    {
        _forget = true;
        terminal.Wake();
    }

    /// <summary>False: there is no terminal any more.</summary>
    private bool Draw()
    {
        if (terminal.Size is not ({ } columns, { } rows))
            return false;
        if (_forget)
        {
            _forget = false;
            _drawn = null;
            _painter.Forget();
            terminal.Enter();
        }

        CarModel model = _controller.Look();
        if (_drawn == (model, columns, rows))
            return true;
        _drawn = (model, columns, rows);
        if (columns == 0 || rows == 0)
            return true; // a terminal that does not know its size yet
        string changes = _painter.Paint(Frame.Of(CarView.Of(model, columns, rows), columns, rows, colors), columns);
        if (changes.Length > 0)
            terminal.Write(changes);
        return true;
    }
}
