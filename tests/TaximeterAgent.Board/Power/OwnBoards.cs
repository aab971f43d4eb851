using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TaximeterAgent.Board.Power;

/// <summary>The boards that this process has started end with it, also when it is interrupted: each is a child in a session of its own, which no signal of the terminal reaches.</summary>
internal static class OwnBoards
{
    private static volatile bool s_byHand;

    /// <summary>True once this process was told to end: what a trip lacks from then on is not the agent's fault.</summary>
    public static bool EndedByHand => s_byHand;

    /// <summary>From here on an interrupt or a termination ends the boards, and with them the run, which says how far it came.</summary>
    public static IDisposable EndWithUs()
    {
        PosixSignalRegistration[] signals = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal => PosixSignalRegistration.Create(signal, End))];
        return new Registrations(signals);

        static void End(PosixSignalContext signal)
        {
            // At the second one it ends at once.
            signal.Cancel = !s_byHand;
            s_byHand = true;
            EndAll();
        }
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
