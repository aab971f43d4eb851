using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Simulator.Tests.Fleet;

/// <summary>Where something is not installed, the reason names Debian's package.</summary>
public sealed class DebianPackagesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("taxi-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void On_an_empty_system_all_are_named() =>
        Assert.Equal("needs a real broker and a real database: install rabbitmq-server, postgresql, openssl, curl, jq", DebianPackages.Find(_root));

    [Fact]
    public void What_is_there_is_not_named()
    {
        foreach (string file in (string[])["usr/lib/rabbitmq/lib/rabbitmq_server-3/sbin/rabbitmq-server", "usr/bin/openssl", "usr/bin/curl", "usr/bin/jq"])
            Touch(file);
        Assert.Equal("needs a real broker and a real database: install postgresql", DebianPackages.Find(_root));
        Touch("usr/lib/postgresql/15/bin/postgres");
        Assert.Null(DebianPackages.Find(_root));
    }

    private void Touch(string file)
    {
        string path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
    }
}
