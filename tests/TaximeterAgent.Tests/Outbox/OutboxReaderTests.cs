using System.Reflection;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>What people are shown.</summary>
public sealed class OutboxReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StandingClock _clock = new();
    private readonly SqliteOutbox _outbox;

    public OutboxReaderTests() => _outbox = SqliteOutbox.Open(_directory.At("outbox"), _clock);

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_reader_sees_what_was_brought_into_the_database_after_it_was_opened()
    {
        using var reader = OutboxReader.Open(_directory.At("outbox"));
        Assert.Empty(reader.List());
        _outbox.Commit(Examples.FareBatch(1));
        Assert.Empty(reader.List());
        Assert.Single(_outbox.Reader.List());
        _outbox.Fold();
        Assert.Single(reader.List());
        _outbox.Commit(Examples.FareBatch(2, 2));
        _outbox.Fold();
        Assert.Equal(2, reader.List().Count);
    }

    [Fact]
    public void An_outbox_can_be_read_while_no_agent_runs()
    {
        _outbox.Commit(Examples.FareBatch(1));
        _outbox.Fold();
        _directory.CopyDatabase("outbox", "crashed");
        using var reader = OutboxReader.Open(_directory.At("crashed"));
        Assert.Single(reader.List());
    }

    [Fact]
    public void Where_there_is_no_outbox_none_is_made()
    {
        Directory.CreateDirectory(_directory.At("empty"));
        Assert.Contains("no outbox", Assert.Throws<OutboxUnusableException>(() => OutboxReader.Open(_directory.At("empty"))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.At("empty")));
    }

    public static TheoryData<string> Statements => [.. typeof(OutboxSql).GetFields(BindingFlags.Public | BindingFlags.Static).Select(sql => sql.Name).Where(name => name is not ("Begin" or "Commit"))];

    [Theory]
    [MemberData(nameof(Statements))]
    public void No_statement_scans_a_table_or_sorts(string name)
    {
        using var connection = new SqliteConnection($"Data Source={_outbox.File};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + (string)typeof(OutboxSql).GetField(name)!.GetRawConstantValue()!;
        for (var i = 1; i <= 12; i++)
            command.Parameters.AddWithValue($"?{i}", 1);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            Assert.DoesNotContain("SCAN", row.GetString(3), StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", row.GetString(3), StringComparison.Ordinal);
        }
    }
}
