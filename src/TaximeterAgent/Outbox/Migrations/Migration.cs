namespace TaximeterAgent.Outbox.Migrations;

/// <summary>One step of the schema, run as one transaction together with the new version number.</summary>
/// <param name="Version">The version that the database has afterwards.</param>
/// <param name="Sql">Statements, without a transaction of their own.</param>
internal sealed record Migration(int Version, string Sql);
