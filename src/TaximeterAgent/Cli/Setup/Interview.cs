using System.Globalization;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Setup;

/// <summary>Asks all questions; an answer that breaks a rule is asked for again, with the rule.</summary>
internal sealed class Interview(AskingTerminal terminal, Draft draft, IReadOnlyList<Question> questions)
{
    /// <summary>What makes a value empty; Enter alone keeps it.</summary>
    private const string Nothing = "-";

    private static readonly ConfigurationSource s_typed = new(SourceKind.Environment, "the answer");

    /// <summary>Asks everything once.</summary>
    public void AskAll(CancellationToken stop)
    {
        terminal.Say($"Enter takes what stands in brackets; {Nothing} makes a value empty; Ctrl+C ends and changes nothing.");
        foreach (var question in questions)
        {
            if (question.Applies(draft))
                Ask(question, stop);
        }
    }

    /// <summary>Asks once more for what broke a rule between answers.</summary>
    /// <returns>False if nothing of it is asked here.</returns>
    public bool AskAgain(IReadOnlyCollection<ConfigurationFault> faults, CancellationToken stop)
    {
        foreach (var fault in faults)
            terminal.Say(fault.ToString());
        var asked = false;
        foreach (var question in questions.Where(question => faults.Any(fault => fault.Where == question.Key.Name || question.Mends.Any(key => fault.Where == key.Name))))
        {
            // An answer may have made the next question pointless.
            if (!question.Applies(draft))
                continue;
            Ask(question, stop);
            asked = true;
        }

        return asked;
    }

    private void Ask(Question question, CancellationToken stop)
    {
        var offers = Candidates.Shortened(question.Offers(draft));
        for (var at = 0; at < offers.Count; at++)
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"  {at + 1}  {offers[at].Value}  ({offers[at].What})"));
        var key = question.Key;
        var present = draft.Get(key) ?? question.Suggests(draft) ?? key.Default;
        var words = question.Words.FirstOrDefault(word => word.Value == present).Key;
        while (true)
        {
            var prompt = $"{question.Asks}{(present is { Length: > 0 } ? $" [{(key.Secret ? "set" : words ?? present)}]" : "")}: ";
            var typed = key.Secret ? terminal.AskHidden(prompt, stop) : terminal.Ask(prompt, stop);
            var answer = typed switch
            {
                "" => present ?? "",
                Nothing => "",
                _ => Meant(question, offers, typed),
            };
            if (key.Accepts(new RawValue(RawKind.Text, answer, s_typed)))
            {
                draft.Set(key, answer);
                question.Then(draft);
                return;
            }

            var found = typed.Length == 0 ? "nothing" : new RawValue(RawKind.Text, typed, s_typed).Describe(key.Secret);
            terminal.Say(new ConfigurationFault(key.Name, found, key.Expected).ToString());
        }
    }

    private static string Meant(Question question, IReadOnlyList<Candidate> offers, string typed)
    {
        if (question.Words.TryGetValue(typed, out var word))
            return word;
        return offers.Count > 0 && int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= offers.Count
            ? offers[number - 1].Value
            : typed;
    }
}
