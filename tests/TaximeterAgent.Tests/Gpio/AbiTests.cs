using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Tests.Support;
using static TaximeterAgent.Gpio.GpioAbi;

namespace TaximeterAgent.Tests.Gpio;

/// <summary>Every size, offset and number that goes to the kernel, as its own header has it: a small C program prints them.</summary>
public sealed class AbiTests
{
    private const string Header = "/usr/include/linux/gpio.h";

    [HeaderFact]
    public void Structures_and_numbers_are_those_of_the_kernel()
    {
        var kernel = Ask([.. Ours().Select(fact => fact.Kernel)]);

        Assert.Equal(
            Ours().Select(fact => $"{fact.Kernel} = {fact.Value}"),
            Ours().Select((fact, at) => $"{fact.Kernel} = {kernel[at]}"));
    }

    [HeaderFact]
    public void A_field_in_another_place_would_be_found() =>
        Assert.NotEqual(Offset<LineRequest, int>((ref LineRequest r) => ref r.Descriptor) + 4, Ask(["offsetof(struct gpio_v2_line_request, fd)"])[0]);

    private delegate ref TField Field<TStruct, TField>(ref TStruct owner);

    private static List<(string Kernel, ulong Value)> Ours() =>
    [
        ("sizeof(struct gpiochip_info)", Size<ChipInfo>()),
        ("offsetof(struct gpiochip_info, label)", Offset<ChipInfo, NameText>((ref ChipInfo i) => ref i.Label)),
        ("offsetof(struct gpiochip_info, lines)", Offset<ChipInfo, uint>((ref ChipInfo i) => ref i.Lines)),

        ("sizeof(struct gpio_v2_line_attribute)", Size<LineAttribute>()),
        ("offsetof(struct gpio_v2_line_attribute, flags)", Offset<LineAttribute, LineFlags>((ref LineAttribute a) => ref a.Flags)),
        ("offsetof(struct gpio_v2_line_attribute, values)", Offset<LineAttribute, ulong>((ref LineAttribute a) => ref a.Values)),
        ("offsetof(struct gpio_v2_line_attribute, debounce_period_us)", Offset<LineAttribute, uint>((ref LineAttribute a) => ref a.DebounceMicroseconds)),

        ("sizeof(struct gpio_v2_line_config_attribute)", Size<ConfigAttribute>()),
        ("offsetof(struct gpio_v2_line_config_attribute, mask)", Offset<ConfigAttribute, ulong>((ref ConfigAttribute a) => ref a.Mask)),

        ("sizeof(struct gpio_v2_line_config)", Size<LineConfig>()),
        ("offsetof(struct gpio_v2_line_config, num_attrs)", Offset<LineConfig, uint>((ref LineConfig c) => ref c.AttributeCount)),
        ("offsetof(struct gpio_v2_line_config, attrs)", Offset<LineConfig, ConfigAttributes>((ref LineConfig c) => ref c.Attributes)),

        ("sizeof(struct gpio_v2_line_request)", Size<LineRequest>()),
        ("offsetof(struct gpio_v2_line_request, consumer)", Offset<LineRequest, NameText>((ref LineRequest r) => ref r.Consumer)),
        ("offsetof(struct gpio_v2_line_request, config)", Offset<LineRequest, LineConfig>((ref LineRequest r) => ref r.Config)),
        ("offsetof(struct gpio_v2_line_request, num_lines)", Offset<LineRequest, uint>((ref LineRequest r) => ref r.LineCount)),
        ("offsetof(struct gpio_v2_line_request, event_buffer_size)", Offset<LineRequest, uint>((ref LineRequest r) => ref r.EventBufferSize)),
        ("offsetof(struct gpio_v2_line_request, fd)", Offset<LineRequest, int>((ref LineRequest r) => ref r.Descriptor)),

        ("sizeof(struct gpio_v2_line_info)", Size<LineInfo>()),
        ("offsetof(struct gpio_v2_line_info, consumer)", Offset<LineInfo, NameText>((ref LineInfo i) => ref i.Consumer)),
        ("offsetof(struct gpio_v2_line_info, offset)", Offset<LineInfo, uint>((ref LineInfo i) => ref i.Offset)),
        ("offsetof(struct gpio_v2_line_info, num_attrs)", Offset<LineInfo, uint>((ref LineInfo i) => ref i.AttributeCount)),
        ("offsetof(struct gpio_v2_line_info, flags)", Offset<LineInfo, LineFlags>((ref LineInfo i) => ref i.Flags)),
        ("offsetof(struct gpio_v2_line_info, attrs)", Offset<LineInfo, LineAttributes>((ref LineInfo i) => ref i.Attributes)),

        ("sizeof(struct gpio_v2_line_values)", Size<LineValues>()),
        ("offsetof(struct gpio_v2_line_values, mask)", Offset<LineValues, ulong>((ref LineValues v) => ref v.Mask)),

        ("sizeof(struct gpio_v2_line_event)", Size<LineEvent>()),
        ("sizeof(struct gpio_v2_line_event)", GpioEvents.EventSize),
        ("offsetof(struct gpio_v2_line_event, id)", Offset<LineEvent, uint>((ref LineEvent e) => ref e.Id)),
        ("offsetof(struct gpio_v2_line_event, offset)", Offset<LineEvent, uint>((ref LineEvent e) => ref e.Offset)),
        ("offsetof(struct gpio_v2_line_event, seqno)", Offset<LineEvent, uint>((ref LineEvent e) => ref e.Sequence)),
        ("offsetof(struct gpio_v2_line_event, line_seqno)", Offset<LineEvent, uint>((ref LineEvent e) => ref e.LineSequence)),

        ("GPIO_MAX_NAME_SIZE", NameSize),
        ("GPIO_V2_LINES_MAX", LinesMaximum),
        ("GPIO_V2_LINE_NUM_ATTRS_MAX", AttributesMaximum),
        ("GPIO_GET_CHIPINFO_IOCTL", GetChipInfo),
        ("GPIO_V2_GET_LINEINFO_IOCTL", GetLineInfo),
        ("GPIO_V2_GET_LINE_IOCTL", GetLine),
        ("GPIO_V2_LINE_GET_VALUES_IOCTL", GetValues),
        ("GPIO_V2_LINE_SET_VALUES_IOCTL", SetValues),
        ("GPIO_V2_LINE_ATTR_ID_FLAGS", AttributeFlags),
        ("GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES", AttributeOutputValues),
        ("GPIO_V2_LINE_ATTR_ID_DEBOUNCE", AttributeDebounce),
        ("GPIO_V2_LINE_EVENT_RISING_EDGE", RisingEdge),
        ("GPIO_V2_LINE_EVENT_FALLING_EDGE", FallingEdge),
        ("GPIO_V2_LINE_FLAG_USED", (ulong)LineFlags.Used),
        ("GPIO_V2_LINE_FLAG_ACTIVE_LOW", (ulong)LineFlags.ActiveLow),
        ("GPIO_V2_LINE_FLAG_INPUT", (ulong)LineFlags.Input),
        ("GPIO_V2_LINE_FLAG_OUTPUT", (ulong)LineFlags.Output),
        ("GPIO_V2_LINE_FLAG_EDGE_RISING", (ulong)LineFlags.EdgeRising),
        ("GPIO_V2_LINE_FLAG_EDGE_FALLING", (ulong)LineFlags.EdgeFalling),
        ("GPIO_V2_LINE_FLAG_OPEN_DRAIN", (ulong)LineFlags.OpenDrain),
        ("GPIO_V2_LINE_FLAG_OPEN_SOURCE", (ulong)LineFlags.OpenSource),
        ("GPIO_V2_LINE_FLAG_BIAS_PULL_UP", (ulong)LineFlags.BiasPullUp),
        ("GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN", (ulong)LineFlags.BiasPullDown),
        ("GPIO_V2_LINE_FLAG_BIAS_DISABLED", (ulong)LineFlags.BiasDisabled),
    ];

    private static ulong Size<T>()
        where T : unmanaged => (ulong)Unsafe.SizeOf<T>();

    private static ulong Offset<TStruct, TField>(Field<TStruct, TField> field)
        where TStruct : unmanaged
    {
        var owner = default(TStruct);
        return (ulong)Unsafe.ByteOffset(ref Unsafe.As<TStruct, byte>(ref owner), ref Unsafe.As<TField, byte>(ref field(ref owner)));
    }

    private static ulong[] Ask(string[] questions)
    {
        using var files = new TestFiles();
        var source = files.Path("ask.c");
        File.WriteAllText(source, $$"""
            #include <stddef.h>
            #include <stdio.h>
            #include <linux/gpio.h>
            int main(void) {
            {{string.Concat(questions.Select(question => $"    printf(\"%llu\\n\", (unsigned long long)({question}));\n"))}}    return 0;
            }
            """);
        Run("gcc", "-o", files.Path("ask"), source);
        return [.. Run(files.Path("ask")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => ulong.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.Equal(0, process.ExitCode);
        return said;
    }

    private sealed class HeaderFactAttribute : FactAttribute
    {
        public HeaderFactAttribute()
        {
            if (!File.Exists(Header))
                Skip = $"{Header} is not there: install linux-libc-dev.";
            else if (!File.Exists("/usr/bin/gcc"))
                Skip = "There is no gcc to read the kernel's header with.";
        }
    }
}
