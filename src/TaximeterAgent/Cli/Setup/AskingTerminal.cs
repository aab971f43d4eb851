using System.Text;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.Cli.Setup;

/// <summary>
/// A person at a terminal, who is asked. Reads the descriptor itself, so that a secret is typed without echo: over SSH as well, because the echo is that of the
/// pseudo terminal here.
/// </summary>
/// <param name="descriptor">The terminal; not closed here.</param>
/// <param name="output">Where the questions go.</param>
internal sealed class AskingTerminal(int descriptor, TextWriter output)
{
    private const uint Echo = 0x8; // ECHO
    private const uint EchoLineEnd = 0x40; // ECHONL

    /// <summary>A terminal hands over lines of at most so many bytes.</summary>
    private const int LineMaximum = 4096;

    /// <summary>How soon Ctrl+C is noticed, in milliseconds.</summary>
    private const int Glance = 100;

    /// <summary>Says a line.</summary>
    public void Say(string line = "")
    {
        output.WriteLine(Text.Line(line));
        output.Flush();
    }

    /// <summary>Asks, and gives what was typed, without blanks around it.</summary>
    /// <exception cref="CommandFailedException">The terminal is gone.</exception>
    /// <exception cref="OperationCanceledException">Ctrl+C.</exception>
    public string Ask(string question, CancellationToken stop)
    {
        output.Write(Text.Line(question));
        output.Flush();
        return ReadLine(stop).Trim();
    }

    /// <summary>The same; what is typed does not appear.</summary>
    /// <exception cref="CommandFailedException">The terminal is gone, or cannot hide what is typed.</exception>
    /// <exception cref="OperationCanceledException">Ctrl+C.</exception>
    public string AskHidden(string question, CancellationToken stop)
    {
        if (!TerminalSettings.TryGet(descriptor, out var before))
            throw Gone();
        var hidden = before;
        hidden.LocalFlags = (before.LocalFlags & ~Echo) | EchoLineEnd;
        if (!hidden.TrySet(descriptor))
            throw new CommandFailedException(ExitCode.InputOutput, "this terminal cannot hide what is typed; give the keys in a file with --from");
        try
        {
            return Ask(question, stop);
        }
        finally
        {
            before.TrySet(descriptor);
        }
    }

    private static CommandFailedException Gone() => new(ExitCode.Declined, "the terminal has ended; nothing was changed");

    private string ReadLine(CancellationToken stop)
    {
        var line = new List<byte>();
        Span<byte> one = stackalloc byte[1];
        while (line.Count < LineMaximum)
        {
            Span<Libc.PollFd> polled = [new Libc.PollFd { Descriptor = descriptor, Events = Libc.PollIn }];
            var ready = Libc.Poll(polled, 1, Glance);
            stop.ThrowIfCancellationRequested();
            if (ready <= 0)
                continue;
            var count = Libc.Read(descriptor, one, 1);
            if (count < 0 && Libc.Error is Libc.EINTR or Libc.EAGAIN)
                continue;
            if (count <= 0)
                throw Gone();
            if (one[0] == '\n')
                break;
            line.Add(one[0]);
        }

        return Encoding.UTF8.GetString([.. line]);
    }
}
