using TaximeterAgent.Simulator.Drive;

namespace TaximeterAgent.Simulator.Tests.Drive;

public class DriveDocsTests
{
    [Fact]
    public void The_page_has_a_line_for_every_key_and_for_no_other()
    {
        string keys = File.ReadAllText(Page()).Split("## Keys")[1].Split("\n## ")[0];
        string[] documented = [.. keys.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
        Assert.Equal(CarAction.All.Select(action => action.Name), documented);
    }

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string page = Path.Combine(folder.FullName, "docs", "drive.md");
            if (File.Exists(page))
                return page;
        }

        throw new FileNotFoundException("docs/drive.md is nowhere above the tests");
    }
}
