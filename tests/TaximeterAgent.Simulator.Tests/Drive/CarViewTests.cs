using Spectre.Console;
using TaximeterAgent.Simulator.Drive;

namespace TaximeterAgent.Simulator.Tests.Drive;

public class CarViewTests
{
    private static readonly string Pictures = Path.Combine(AppContext.BaseDirectory, "Drive", "Pictures");

    /// <summary>Where it differs, the new picture stands beside the old one's copy, to be looked at and taken over.</summary>
    [Theory]
    [InlineData("fresh", 80, 24)]
    [InlineData("asked", 80, 24)]
    [InlineData("paid", 80, 24)]
    [InlineData("paid", 120, 40)]
    [InlineData("overfull", 80, 24)]
    [InlineData("fresh", 60, 20)]
    public void It_looks_like_its_picture(string name, int columns, int rows)
    {
        CarModel car = name switch
        {
            "fresh" => Cars.Fresh,
            "asked" => Cars.Asked,
            "paid" => Cars.Paid,
            _ => Cars.Overfull,
        };
        string file = Path.Combine(Pictures, $"{name}-{columns}x{rows}.txt");
        string drawn = string.Join('\n', Draw(car, columns, rows).Select(line => line.TrimEnd())) + "\n";
        string known = File.Exists(file) ? File.ReadAllText(file) : "";
        if (drawn != known)
        {
            Directory.CreateDirectory(Pictures);
            File.WriteAllText(file + ".new", drawn);
        }

        Assert.Equal(known, drawn);
    }

    [Fact]
    public void Every_row_is_as_wide_as_the_terminal_whatever_is_in_it()
    {
        foreach ((int columns, int rows) in ((int, int)[])[(80, 24), (81, 31), (100, 32), (120, 40), (200, 60)])
        {
            foreach (CarModel car in Cars.All())
            {
                string[] drawn = Draw(car, columns, rows);
                Assert.Equal(rows, drawn.Length);
                Assert.All(drawn, line => Assert.Equal(columns, line.Length));
            }
        }
    }

    [Fact]
    public void Too_small_a_terminal_is_told_so_in_whatever_room_there_is()
    {
        for (int columns = 1; columns < CarView.LeastColumns; columns += 7)
        {
            foreach (int rows in (int[])[1, 2, 3, 10, 24, 50])
            {
                string[] drawn = Draw(Cars.Paid, columns, rows);
                Assert.Equal(rows, drawn.Length);
                Assert.All(drawn, line => Assert.True(line.Length <= columns));
            }
        }

        Assert.Contains("make the window larger", Text(Cars.Paid, 79, 24));
        Assert.Contains("make the window larger", Text(Cars.Paid, 80, 23));
        Assert.Contains("this is 79x24", Text(Cars.Paid, 79, 24));
        Assert.DoesNotContain("make the window larger", Text(Cars.Paid, 80, 24));
    }

    [Fact]
    public void Every_key_has_its_button_whole_in_the_smallest_picture()
    {
        string drawn = Text(Cars.Fresh, 80, 24);
        Assert.All(CarAction.All, action => Assert.Contains($"{action.Name} {action.Does}", drawn));
    }

    [Fact]
    public void The_largest_amounts_and_the_hint_are_shown_whole()
    {
        foreach (CarModel car in Cars.All())
        {
            string drawn = Text(car, 80, 24);
            var hint = Hint.Of(car);
            Assert.Contains(hint.Text, drawn);
            Assert.Contains(hint.Keys, drawn);
            if (car.Meter.Trip is not null)
                Assert.Contains(CarView.Money(car.Meter.Amount), drawn);
            if (car.Phone.Push != Push.None)
                Assert.Contains(CarView.Money(car.Phone.Amount), drawn);
            Assert.All(car.Display, line => Assert.Contains("│" + line + "│", drawn));
        }
    }

    [Fact]
    public void No_byte_of_somebody_elses_text_commands_the_terminal()
    {
        foreach (string line in Draw(Cars.Overfull, 120, 40))
            Assert.DoesNotContain(line, unit => char.IsControl(unit) || char.IsSurrogate(unit) || unit == '餐');
    }

    [Fact]
    public void What_is_no_markup_of_ours_is_taken_as_it_is()
    {
        CarModel car = Cars.Fresh with { Folder = "/tmp/[red]x[/]", Notice = "[bold" };
        Assert.Contains("/tmp/[red]x[/]", Text(car, 120, 40));
        Assert.Contains("[bold", Text(car, 120, 40));
    }

    [Fact]
    public void Colours_come_only_where_they_are_wanted()
    {
        Assert.Contains("\u001B[", string.Concat(Frame.Of(CarView.Of(Cars.Paid, 80, 24), 80, 24, ColorSystemSupport.Standard)));
        Assert.DoesNotContain("\u001B", Text(Cars.Paid, 80, 24));
    }

    private static string[] Draw(CarModel car, int columns, int rows) => Frame.Of(CarView.Of(car, columns, rows), columns, rows, ColorSystemSupport.NoColors);

    private static string Text(CarModel car, int columns, int rows) => string.Join('\n', Draw(car, columns, rows));
}
