using TaximeterAgent.Core.Fares;
using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Meter.Print.Desk;

/// <summary>What is known of a meter that only prints.</summary>
/// <param name="Meter">Its identity, as the configuration has it.</param>
/// <param name="Currency">What fares are in.</param>
/// <param name="Template">How it prints.</param>
/// <param name="Quiet">The silence that ends a print.</param>
/// <param name="Vat">The rate of VAT within a fare whose receipt names none, in hundredths of a percent.</param>
internal sealed record PrintOptions(string Meter, Currency Currency, ReceiptTemplate Template, TimeSpan Quiet, int Vat);
