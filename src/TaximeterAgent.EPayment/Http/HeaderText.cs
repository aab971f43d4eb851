using System.Diagnostics.CodeAnalysis;

namespace TaximeterAgent.EPayment;

/// <summary>
/// What may go into a header value. The platform's own check throws with the value in its message; a secret must not get there, so values are checked before.
/// </summary>
internal static class HeaderText
{
    /// <summary>Printable ASCII without spaces.</summary>
    internal static bool IsToken([NotNullWhen(true)] string? value, int most) =>
        value is { Length: > 0 } && value.Length <= most && !value.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Printable ASCII, spaces only inside.</summary>
    internal static bool IsLabel([NotNullWhen(true)] string? value, int most) =>
        value is { Length: > 0 } && value.Length <= most && !value.AsSpan().ContainsAnyExceptInRange(' ', '~') && value[0] != ' ' && value[^1] != ' ';
}
