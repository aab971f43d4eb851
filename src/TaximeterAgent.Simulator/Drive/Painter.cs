using System.Globalization;
using System.Text;

namespace TaximeterAgent.Simulator.Drive;

/// <summary>What has to be written so that a terminal shows a picture: only the rows that changed, so that nothing flickers.</summary>
internal sealed class Painter
{
    private string[] _shown = [];
    private int _columns;

    /// <summary>The terminal shows something else by now: the next picture is drawn whole.</summary>
    public void Forget() => _shown = [];

    /// <summary>Empty if the picture stands there already.</summary>
    public string Paint(string[] frame, int columns)
    {
        var changes = new StringBuilder();
        bool whole = frame.Length != _shown.Length || columns != _columns;
        if (whole)
            changes.Append("\e[0m\e[2J");
        for (int row = 0; row < frame.Length; row++)
        {
            if (whole || frame[row] != _shown[row])
                changes.Append(CultureInfo.InvariantCulture, $"\e[{row + 1};1H{frame[row]}");
        }

        _shown = frame;
        _columns = columns;
        return changes.ToString();
    }
}
