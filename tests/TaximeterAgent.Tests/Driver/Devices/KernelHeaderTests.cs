using System.Diagnostics;
using System.Globalization;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Tests.Driver.Devices;

/// <summary>A test that needs a C compiler and the kernel's headers; skipped with the reason where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KernelHeaderFactAttribute : FactAttribute
{
    private static readonly string[] s_needed = ["/usr/bin/cc", "/usr/include/linux/input.h", "/usr/include/linux/i2c-dev.h"];

    public KernelHeaderFactAttribute()
    {
        if (s_needed.FirstOrDefault(path => !File.Exists(path)) is { } missing)
            Skip = $"there is no {missing}: needs gcc, libc6-dev and linux-libc-dev";
    }
}

/// <summary>The numbers and sizes of the kernel's headers, asked of the C compiler where there is one.</summary>
public sealed class KernelHeaderTests
{
    [KernelHeaderFact]
    public void The_kernels_numbers_and_structures_are_those_that_the_code_has()
    {
        Dictionary<string, ulong> expected = new()
        {
            ["sizeof(struct input_event)"] = (ulong)InputEventReader.NativeSize,
            ["__builtin_offsetof(struct input_event, type)"] = (ulong)(2 * IntPtr.Size),
            ["__builtin_offsetof(struct input_event, code)"] = (ulong)((2 * IntPtr.Size) + 2),
            ["__builtin_offsetof(struct input_event, value)"] = (ulong)((2 * IntPtr.Size) + 4),
            ["EVIOCGRAB"] = InputCalls.GrabRequest,
            ["EVIOCGNAME(256)"] = InputCalls.NameRequest,
            ["EVIOCGKEY(96)"] = InputCalls.KeysDownRequest,
            ["KEY_MAX"] = KeyNames.HighestCode,
            ["EV_SYN"] = 0,
            ["EV_KEY"] = 1,
            ["EV_LED"] = 0x11,
            ["LED_NUML"] = 0,
            ["SYN_REPORT"] = 0,
            ["SYN_DROPPED"] = 3,
            ["I2C_SLAVE"] = 0x703,
        };
        foreach (var (name, code) in KeyNames.Codes)
            expected[name] = code;
        var found = Ask([.. expected.Keys]);
        Assert.All(expected, one => Assert.Equal((one.Key, one.Value), (one.Key, found[one.Key])));
    }

    private static Dictionary<string, ulong> Ask(List<string> expressions)
    {
        var folder = Directory.CreateTempSubdirectory("taximeter-");
        try
        {
            var source = Path.Combine(folder.FullName, "ask.c");
            var program = Path.Combine(folder.FullName, "ask");
            File.WriteAllLines(source,
            [
                "#include <stdio.h>", "#include <linux/input.h>", "#include <linux/i2c-dev.h>", "int main(void) {",
                .. expressions.Select(one => $"printf(\"%llu\\n\", (unsigned long long)({one}));"), "return 0; }",
            ]);
            Run("/usr/bin/cc", "-o", program, source);
            var lines = Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return expressions.Zip(lines).ToDictionary(one => one.First, one => ulong.Parse(one.Second, CultureInfo.InvariantCulture));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), $"{program} does not end");
        Assert.Equal(0, process.ExitCode);
        return text;
    }
}
