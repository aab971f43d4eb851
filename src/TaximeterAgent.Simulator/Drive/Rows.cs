using System.Collections;

namespace TaximeterAgent.Simulator.Drive;

/// <summary>A list that equals another with the same entries, so that a record which holds one can tell whether anything has changed.</summary>
internal sealed class Rows<T>(IReadOnlyList<T> entries) : IReadOnlyList<T>, IEquatable<Rows<T>>
{
    public static Rows<T> None { get; } = new([]);

    public int Count => entries.Count;

    public T this[int index] => entries[index];

    public bool Equals(Rows<T>? other) => other is not null && entries.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as Rows<T>);

    public override int GetHashCode() => entries.Count;

    public IEnumerator<T> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class Rows
{
    public static Rows<T> Of<T>(IEnumerable<T> entries) => new([.. entries]);
}
