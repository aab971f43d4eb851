namespace TaximeterAgent.Meter.Print.Templates;

/// <summary>What is wrong with a template.</summary>
/// <param name="Line">Where, counted from 1; 0 for what is missing.</param>
/// <param name="Message">What, and what to do.</param>
internal sealed record TemplateFault(int Line, string Message)
{
    public override string ToString() => Line == 0 ? Message : $"line {Line} {Message}";
}

/// <summary>A template, or all that is wrong with it.</summary>
internal sealed record TemplateReport(ReceiptTemplate? Template, IReadOnlyList<TemplateFault> Faults);
