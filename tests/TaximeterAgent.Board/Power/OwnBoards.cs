using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TaximeterAgent.Board.Power;

/// <summary>The boards that this process has started end with it, also when it is interrupted: each is a child in a session of its own, which no signal of the terminal reaches.</summary>
internal static class OwnBoards
{
    /// <summary>From here on an interrupt or a termination ends the boards first.</summary>
    public static IDisposable EndWithUs()
    {
        PosixSignalRegistration[] signals = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal => PosixSignalRegistration.Create(signal, _ => EndAll()))];
        return new Registrations(signals);
    }

    /// <summary>SIGKILL to each, by its id.</summary>
    internal static void EndAll()
    {
        foreach (int id in Children())
        {
            try
            {
                using Process board = Process.GetProcessById(id);
                board.Kill();
            }
            catch (ArgumentException)
            {
                // It has ended by itself.
            }
        }
    }

    private static IEnumerable<int> Children()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && ParentOf(folder) == Environment.ProcessId)
                yield return id;
        }
    }

    private static int? ParentOf(string folder)
    {
        try
        {
            // The name, in brackets, may have anything in it; state and parent come after.
            string stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
    }

    private sealed class Registrations(PosixSignalRegistration[] signals) : IDisposable
    {
        public void Dispose()
        {
            foreach (PosixSignalRegistration signal in signals)
                signal.Dispose();
        }
    }
}
