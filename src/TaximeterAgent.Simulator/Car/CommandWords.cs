using System.Text;

namespace TaximeterAgent.Simulator.Car;

/// <summary>Splits a command as a shell would: blanks part words, <c>'…'</c> and <c>"…"</c> keep them together, <c>\</c> takes the next character as it is.</summary>
internal static class CommandWords
{
    /// <exception cref="FormatException">The command is empty or a quote is left open.</exception>
    public static IReadOnlyList<string> Split(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool inWord = false;
        char quote = '\0';
        for (int at = 0; at < command.Length; at++)
        {
            char here = command[at];
            if (quote == '\0' && char.IsWhiteSpace(here))
            {
                if (inWord)
                    words.Add(word.ToString());
                word.Clear();
                inWord = false;
                continue;
            }

            inWord = true;
            if (here == quote)
                quote = '\0';
            else if (quote == '\0' && here is '\'' or '"' && quote == '\0')
                quote = here;
            else if (here == '\\' && quote != '\'' && at + 1 < command.Length && (quote == '\0' || command[at + 1] is '"' or '\\' or '$' or '`'))
                word.Append(command[++at]);
            else
                word.Append(here);
        }

        if (quote != '\0')
            throw new FormatException($"a quote ({quote}) is left open in: {command}");
        if (inWord)
            words.Add(word.ToString());
        return words.Count > 0 ? words : throw new FormatException("the command is empty");
    }
}
