namespace TaximeterAgent.Cli.Output;

/// <summary>One line of <c>logs --json</c>.</summary>
/// <param name="At">By the journal.</param>
/// <param name="Level"><c>critical</c>, <c>error</c>, <c>warning</c>, <c>info</c>, <c>debug</c>.</param>
/// <param name="Text">What was logged, without secrets and with phone numbers masked.</param>
/// <param name="Process">The process that wrote it: a new number is a new start.</param>
internal sealed record LogLineOutput(DateTimeOffset At, string Level, string Text, int? Process);
