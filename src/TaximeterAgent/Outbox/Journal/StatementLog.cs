using System.Text;

namespace TaximeterAgent.Outbox.Journal;

/// <summary>Statements with their values, as bytes: what was done to the database and is not on the disk yet.</summary>
internal sealed class StatementLog
{
    private const byte Null = 0;
    private const byte Number = 1;
    private const byte Text = 2;
    private const byte Bytes = 3;

    private readonly MemoryStream _stream = new();
    private readonly BinaryWriter _writer;

    public StatementLog() => _writer = new BinaryWriter(_stream, Encoding.UTF8);

    /// <summary>In bytes.</summary>
    public long Length => _stream.Length;

    public ReadOnlyMemory<byte> Content => _stream.GetBuffer().AsMemory(0, (int)_stream.Length);

    public void Add(string sql, ReadOnlySpan<object?> values)
    {
        _writer.Write(JournalStatements.NumberOf(sql));
        _writer.Write((byte)values.Length);
        foreach (var value in values)
            Add(value);
    }

    /// <summary>Forgets what was added since it had this length.</summary>
    public void CutTo(long length) => _stream.SetLength(length);

    /// <summary>What <see cref="Content"/> says, statement by statement.</summary>
    /// <exception cref="InvalidDataException">It says nothing that this agent knows.</exception>
    public static IEnumerable<(string Sql, object?[] Values)> Read(ReadOnlyMemory<byte> content)
    {
        var reader = new BinaryReader(new MemoryStream(content.ToArray(), writable: false), Encoding.UTF8);
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var sql = JournalStatements.Of(reader.ReadByte());
            var values = new object?[reader.ReadByte()];
            for (var i = 0; i < values.Length; i++)
                values[i] = ReadValue(reader);
            yield return (sql, values);
        }
    }

    private static object? ReadValue(BinaryReader reader) => reader.ReadByte() switch
    {
        Null => null,
        Number => reader.Read7BitEncodedInt64(),
        Text => reader.ReadString(),
        Bytes => reader.ReadBytes(reader.Read7BitEncodedInt()),
        var kind => throw new InvalidDataException($"a value of the kind {kind} is not known"),
    };

    private void Add(object? value)
    {
        switch (value)
        {
            case null:
                _writer.Write(Null);
                break;
            case long number:
                _writer.Write(Number);
                _writer.Write7BitEncodedInt64(number);
                break;
            case string text:
                _writer.Write(Text);
                _writer.Write(text);
                break;
            case byte[] bytes:
                _writer.Write(Bytes);
                _writer.Write7BitEncodedInt(bytes.Length);
                _writer.Write(bytes);
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} cannot be written to the journal.", nameof(value));
        }
    }
}
