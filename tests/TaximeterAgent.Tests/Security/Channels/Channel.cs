namespace TaximeterAgent.Tests.Security.Channels;

/// <summary>What came out of the agent on one way.</summary>
/// <param name="Kind">Which way: <c>log</c>, <c>command</c>.</param>
/// <param name="Name">Which of its kind: a file, a path, a command line.</param>
/// <param name="Content">What came, byte for byte.</param>
/// <param name="May">Numbers that may stand there whole; a secret may nowhere.</param>
internal sealed record Channel(string Kind, string Name, byte[] Content, params IReadOnlyList<string> May);
