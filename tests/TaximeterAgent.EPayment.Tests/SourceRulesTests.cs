using System.Reflection;
using System.Runtime.CompilerServices;

namespace TaximeterAgent.EPayment.Tests;

/// <summary>The rules that keep the library simulable and usable by itself, held against its source and references.</summary>
public sealed class SourceRulesTests
{
    [Theory]
    [InlineData("Task.Run")]
    [InlineData("Task.Delay")]
    [InlineData("Thread.")]
    [InlineData("SemaphoreSlim")]
    [InlineData("Channel<")]
    [InlineData("DateTime.Now")]
    [InlineData("DateTime.UtcNow")]
    [InlineData("UtcNow;")]
    [InlineData("Stopwatch")]
    [InlineData("RunContinuationsAsynchronously")]
    [InlineData("Guid.NewGuid")]
    [InlineData("new HttpClient")]
    [InlineData("TimeProvider.System")]
    public void The_source_does_not_use(string forbidden)
    {
        var files = Directory.GetFiles(SourceFolder(), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/") && !file.Contains("/bin/")).ToList();
        Assert.True(files.Count > 20);
        Assert.All(files, file => Assert.DoesNotContain(forbidden, File.ReadAllText(file)));
    }

    [Fact]
    public void The_library_references_only_the_platform_and_Polly() => Assert.All(
        typeof(EPaymentClient).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(name => name != "Polly.Core"),
        name => Assert.StartsWith("System.", name));

    [Fact]
    public void The_outcomes_are_closed()
    {
        var constructors = new[] { typeof(CallOutcome), typeof(CallOutcome<>) }.SelectMany(t => t.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public));
        // A record's copy constructor is protected, but cannot be reached without another constructor.
        Assert.All(constructors.Where(c => c.GetParameters().Length == 0), c => Assert.True(c.IsFamilyAndAssembly));
    }

    private static string SourceFolder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../src/TaximeterAgent.EPayment"));
}
