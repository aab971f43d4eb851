using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Meter.Contacts;

/// <summary>What is known of a meter that says nothing itself.</summary>
/// <param name="Meter">Its identity, as the configuration has it.</param>
/// <param name="Currency">What the driver keys.</param>
/// <param name="Vat">The rate of VAT within the fare, in hundredths of a percent.</param>
internal sealed record ContactOptions(string Meter, Currency Currency, int Vat);
