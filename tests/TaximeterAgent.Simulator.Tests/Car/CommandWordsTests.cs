using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

public class CommandWordsTests
{
    [Theory]
    [InlineData("dotnet agent.dll", "dotnet", "agent.dll")]
    [InlineData("  bash  'my agent.sh' ", "bash", "my agent.sh")]
    [InlineData("a \"b c\" d", "a", "b c", "d")]
    [InlineData("a b\\ c", "a", "b c")]
    [InlineData("a 'it''s'", "a", "its")]
    [InlineData("a \"say \\\"hi\\\"\"", "a", "say \"hi\"")]
    [InlineData("a '\\n' \"\\n\"", "a", "\\n", "\\n")]
    [InlineData("a ''", "a", "")]
    [InlineData("a \"it's\" 'a \"b\"'", "a", "it's", "a \"b\"")]
    public void A_command_is_split_as_a_shell_splits_it(string command, params string[] words) => Assert.Equal(words, CommandWords.Split(command));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a 'b")]
    [InlineData("a \"b")]
    public void An_empty_command_or_an_open_quote_is_refused(string command) => Assert.Throws<FormatException>(() => CommandWords.Split(command));
}
