using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>
/// The words of the page that a driver keeps in the car, in one language. What the display says is quoted from the code, so that the page cannot name a word that no
/// display has.
/// </summary>
internal sealed record Guide
{
    /// <summary>The language's own name.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Rule { get; init; }

    public required string Keys { get; init; }

    public required string Take { get; init; }

    /// <summary>Beside the pictures 1 to 4: number asked, number keyed, waiting, paid.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    public required string Nothing { get; init; }

    public required string NothingText { get; init; }

    public required string NoWait { get; init; }

    public required string NoWaitText { get; init; }

    public required string Code { get; init; }

    public required string CodeText { get; init; }

    public required string UnsureText { get; init; }

    public required string Approved { get; init; }

    public required string ApprovedText { get; init; }

    public required string Menu { get; init; }

    public required string MenuText { get; init; }

    public required string Trouble { get; init; }

    public required string NoNetwork { get; init; }

    public required string MeterSilent { get; init; }

    public required string IgnitionOff { get; init; }

    public required string StoreFull { get; init; }

    public required string Stopped { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">The language has no page.</exception>
    public static Guide Of(Home home)
    {
        var words = Words.Of(home.Language);
        return home.Language switch
        {
            Language.Norwegian => Norwegian(home.Brand, words),
            Language.Swedish => Swedish(home.Brand, words),
            Language.Danish => Danish(home.Brand, words),
            Language.Finnish => Finnish(home.Brand, words),
            Language.English => English(home.Brand, words),
            _ => throw new ArgumentOutOfRangeException(nameof(home), home.Language, $"{home.Language} has no page for the driver."),
        };
    }

    private static Guide English(string brand, Words words) => new()
    {
        Name = "English",
        Title = $"Paying with {brand}: the driver's page",
        Rule = $"Only **{words.Paid}** means paid. Anything else is not certain yet.",
        Keys = "`#` yes, send, menu · `*` no, back · `←` last digit away · `↑` `↓` next open trip",
        Take = "Take a payment",
        Steps =
        [
            $"The fare comes from the taximeter by itself. Ask for the phone number, and whether you may send a request in {brand}.",
            "Key the number, read it out and press `#`. A foreign number begins with `00` and the country's code.",
            "The customer approves on the phone. The time that is left stands at the right. The next trip may begin meanwhile.",
            "Paid. `#` clears the display.",
        ],
        Nothing = "It came to nothing",
        NothingText = $"**{words.Refused}**: the customer said no. **{words.Expired}**: the customer did nothing. **{words.Offline}**: the network was gone for too long. Press `1` to send again, `2` for another number, `3` for another way to pay.",
        NoWait = "You do not want to wait any longer",
        NoWaitText = $"Press `*` while the display waits: `2` is another number, `3` another way to pay, `*` wait on. Take another payment only when the display says **{words.CollectOtherwise}**.",
        Code = "The customer does not want to say a number",
        CodeText = $"In a car with a printer: press `0` and `#` instead of a number, and give the slip to the customer, who scans it with the phone. `0` prints the slip again; it is the same payment. It is paid only when the display says **{words.Paid}**.",
        UnsureText = "The request may have reached the customer. Wait until the time on the display; then it is certain. Ask the customer to look at the phone meanwhile.",
        Approved = "The customer approved after all",
        ApprovedText = "The customer approved while you were ending it. `1` keeps the payment, `2` gives the money back. Choose `2` if the customer has paid another way.",
        Menu = "Unpaid trips and menu",
        MenuText = "`#` opens the menu; where other trips are unpaid, they come first. The digit before a trip turns to it. A refund of the last trip needs the company's PIN.",
        Trouble = "When something is wrong",
        NoNetwork = "The number is kept, and sent when the network is back.",
        MeterSilent = "Check the cable to the taximeter.",
        IgnitionOff = "Switch the ignition on; without it nothing new begins.",
        StoreFull = "Take another payment, and call the technician.",
        Stopped = "Something is wrong with this trip. The others go on.",
    };

    private static Guide Norwegian(string brand, Words words) => new()
    {
        Name = "Norsk",
        Title = $"Betaling med {brand}: sjåførens side",
        Rule = $"Bare **{words.Paid}** betyr betalt. Alt annet er ennå ikke sikkert.",
        Keys = "`#` ja, send, meny · `*` nei, tilbake · `←` slett siste siffer · `↑` `↓` neste åpne tur",
        Take = "Ta betalt",
        Steps =
        [
            $"Beløpet kommer fra taksameteret av seg selv. Spør om telefonnummeret, og om du kan sende en betalingsforespørsel i {brand}.",
            "Tast nummeret, les det opp og trykk `#`. Utenlandske nummer begynner med `00` og landkoden.",
            "Kunden godkjenner på telefonen. Tiden som er igjen, står til høyre. Neste tur kan begynne imens.",
            "Betalt. `#` tømmer displayet.",
        ],
        Nothing = "Det ble ikke noe av",
        NothingText = $"**{words.Refused}**: kunden sa nei. **{words.Expired}**: kunden gjorde ingenting. **{words.Offline}**: nettet var borte for lenge. Trykk `1` for å sende igjen, `2` for et annet nummer, `3` for en annen betalingsmåte.",
        NoWait = "Du vil ikke vente lenger",
        NoWaitText = $"Trykk `*` mens displayet venter: `2` er et annet nummer, `3` en annen betalingsmåte, `*` vent videre. Ta imot annen betaling først når displayet sier **{words.CollectOtherwise}**.",
        Code = "Kunden vil ikke oppgi nummer",
        CodeText = $"I en bil med skriver: trykk `0` og `#` i stedet for et nummer, og gi lappen til kunden, som skanner den med telefonen. `0` skriver lappen ut igjen; det er den samme betalingen. Det er betalt først når displayet sier **{words.Paid}**.",
        UnsureText = "Forespørselen kan ha nådd kunden. Vent til klokkeslettet på displayet; da er det sikkert. Be kunden se på telefonen sin imens.",
        Approved = "Kunden godkjente likevel",
        ApprovedText = "Kunden godkjente mens du avsluttet. `1` beholder betalingen, `2` gir pengene tilbake. Velg `2` hvis kunden har betalt på en annen måte.",
        Menu = "Ubetalte turer og meny",
        MenuText = "`#` åpner menyen; er andre turer ubetalt, vises de først. Sifferet foran en tur viser den. Refusjon av den siste turen krever selskapets PIN.",
        Trouble = "Når noe er galt",
        NoNetwork = "Nummeret blir lagret, og sendt når nettet er tilbake.",
        MeterSilent = "Sjekk kabelen til taksameteret.",
        IgnitionOff = "Slå på tenningen; uten den begynner ikke noe nytt.",
        StoreFull = "Ta annen betaling, og ring teknikeren.",
        Stopped = "Noe er galt med denne turen. De andre går videre.",
    };

    private static Guide Swedish(string brand, Words words) => new()
    {
        Name = "Svenska",
        Title = $"Betalning med {brand}: förarens sida",
        Rule = $"Bara **{words.Paid}** betyder betalt. Allt annat är ännu inte säkert.",
        Keys = "`#` ja, skicka, meny · `*` nej, tillbaka · `←` ta bort sista siffran · `↑` `↓` nästa öppna resa",
        Take = "Ta betalt",
        Steps =
        [
            $"Beloppet kommer från taxametern av sig självt. Fråga efter telefonnumret, och om du får skicka en betalningsbegäran i {brand}.",
            "Knappa in numret, läs upp det och tryck `#`. Utländska nummer börjar med `00` och landskoden.",
            "Kunden godkänner i telefonen. Tiden som är kvar står till höger. Nästa resa kan börja under tiden.",
            "Betalt. `#` tömmer displayen.",
        ],
        Nothing = "Det blev inget",
        NothingText = $"**{words.Refused}**: kunden sa nej. **{words.Expired}**: kunden gjorde ingenting. **{words.Offline}**: nätet var borta för länge. Tryck `1` för att skicka igen, `2` för ett annat nummer, `3` för ett annat betalsätt.",
        NoWait = "Du vill inte vänta längre",
        NoWaitText = $"Tryck `*` medan displayen väntar: `2` är ett annat nummer, `3` ett annat betalsätt, `*` vänta vidare. Först när displayen säger **{words.CollectOtherwise}** tar du emot annan betalning.",
        Code = "Kunden vill inte säga sitt nummer",
        CodeText = $"I en bil med skrivare: tryck `0` och `#` i stället för ett nummer, och ge lappen till kunden, som skannar den med telefonen. `0` skriver ut lappen igen; det är samma betalning. Det är betalt först när displayen säger **{words.Paid}**.",
        UnsureText = "Begäran kan ha nått kunden. Vänta till klockslaget på displayen; då är det säkert. Be kunden titta i sin telefon under tiden.",
        Approved = "Kunden godkände ändå",
        ApprovedText = "Kunden godkände medan du avslutade. `1` behåller betalningen, `2` ger pengarna tillbaka. Välj `2` om kunden har betalat på annat sätt.",
        Menu = "Obetalda resor och meny",
        MenuText = "`#` öppnar menyn; är andra resor obetalda visas de först. Siffran framför en resa visar den. Återbetalning av den senaste resan kräver företagets PIN.",
        Trouble = "När något är fel",
        NoNetwork = "Numret sparas, och skickas när nätet är tillbaka.",
        MeterSilent = "Kontrollera kabeln till taxametern.",
        IgnitionOff = "Slå på tändningen; utan den börjar inget nytt.",
        StoreFull = "Ta annan betalning, och ring teknikern.",
        Stopped = "Något är fel med den här resan. De andra fortsätter.",
    };

    private static Guide Danish(string brand, Words words) => new()
    {
        Name = "Dansk",
        Title = $"Betaling med {brand}: chaufførens side",
        Rule = $"Kun **{words.Paid}** betyder betalt. Alt andet er endnu ikke sikkert.",
        Keys = "`#` ja, send, menu · `*` nej, tilbage · `←` slet sidste ciffer · `↑` `↓` næste åbne tur",
        Take = "Tag imod betaling",
        Steps =
        [
            $"Beløbet kommer fra taxametret af sig selv. Spørg om telefonnummeret, og om du må sende en betalingsanmodning i {brand}.",
            "Tast nummeret, læs det op, og tryk `#`. Udenlandske numre begynder med `00` og landekoden.",
            "Kunden godkender på telefonen. Den tid, der er tilbage, står til højre. Næste tur kan begynde imens.",
            "Betalt. `#` rydder displayet.",
        ],
        Nothing = "Det blev ikke til noget",
        NothingText = $"**{words.Refused}**: kunden sagde nej. **{words.Expired}**: kunden gjorde ingenting. **{words.Offline}**: nettet var væk for længe. Tryk `1` for at sende igen, `2` for et andet nummer, `3` for en anden betalingsmåde.",
        NoWait = "Du vil ikke vente længere",
        NoWaitText = $"Tryk `*`, mens displayet venter: `2` er et andet nummer, `3` en anden betalingsmåde, `*` vent videre. Tag først imod anden betaling, når displayet siger **{words.CollectOtherwise}**.",
        Code = "Kunden vil ikke oplyse nummer",
        CodeText = $"I en bil med printer: tryk `0` og `#` i stedet for et nummer, og giv sedlen til kunden, som scanner den med telefonen. `0` udskriver sedlen igen; det er den samme betaling. Det er først betalt, når displayet siger **{words.Paid}**.",
        UnsureText = "Anmodningen kan have nået kunden. Vent til klokkeslættet på displayet; så er det sikkert. Bed kunden se på sin telefon imens.",
        Approved = "Kunden godkendte alligevel",
        ApprovedText = "Kunden godkendte, mens du afsluttede. `1` beholder betalingen, `2` giver pengene tilbage. Vælg `2`, hvis kunden har betalt på anden måde.",
        Menu = "Ubetalte ture og menu",
        MenuText = "`#` åbner menuen; er andre ture ubetalte, vises de først. Cifferet foran en tur viser den. Refusion af den seneste tur kræver selskabets PIN.",
        Trouble = "Når noget er galt",
        NoNetwork = "Nummeret gemmes, og sendes, når nettet er tilbage.",
        MeterSilent = "Kontrollér kablet til taxametret.",
        IgnitionOff = "Slå tændingen til; uden den begynder intet nyt.",
        StoreFull = "Tag anden betaling, og ring til teknikeren.",
        Stopped = "Noget er galt med denne tur. De andre fortsætter.",
    };

    private static Guide Finnish(string brand, Words words) => new()
    {
        Name = "Suomi",
        Title = $"Maksu {brand}-sovelluksella: kuljettajan sivu",
        Rule = $"Vain **{words.Paid}** tarkoittaa, että matka on maksettu. Mikään muu ei ole vielä varmaa.",
        Keys = "`#` kyllä, lähetä, valikko · `*` ei, takaisin · `←` poista viimeinen numero · `↑` `↓` seuraava avoin matka",
        Take = "Ota maksu vastaan",
        Steps =
        [
            $"Summa tulee taksamittarista itsestään. Kysy puhelinnumero ja lupa lähettää {brand}-maksupyyntö.",
            "Näppäile numero, lue se ääneen ja paina `#`. Ulkomaisen numeron alkuun tulee `00` ja maatunnus.",
            "Asiakas hyväksyy puhelimellaan. Jäljellä oleva aika näkyy oikealla. Seuraava matka voi alkaa sillä välin.",
            "Maksettu. `#` tyhjentää näytön.",
        ],
        Nothing = "Maksua ei tullut",
        NothingText = $"**{words.Refused}**: asiakas kieltäytyi. **{words.Expired}**: asiakas ei tehnyt mitään. **{words.Offline}**: verkko oli poissa liian kauan. Paina `1`, kun haluat lähettää uudelleen, `2`, kun numero on toinen, `3`, kun maksutapa on muu.",
        NoWait = "Et halua enää odottaa",
        NoWaitText = $"Paina `*`, kun näyttö odottaa: `2` on toinen numero, `3` muu maksutapa, `*` odota vielä. Ota muu maksu vastaan vasta, kun näytössä lukee **{words.CollectOtherwise}**.",
        Code = "Asiakas ei halua kertoa numeroa",
        CodeText = $"Autossa, jossa on tulostin: paina `0` ja `#` numeron sijasta ja anna lappu asiakkaalle, joka skannaa sen puhelimella. `0` tulostaa lapun uudelleen; maksu on sama. Matka on maksettu vasta, kun näytössä lukee **{words.Paid}**.",
        UnsureText = "Pyyntö on voinut mennä asiakkaalle. Odota näytössä näkyvään kellonaikaan; silloin asia on varma. Pyydä asiakasta katsomaan puhelintaan sillä välin.",
        Approved = "Asiakas hyväksyi sittenkin",
        ApprovedText = "Asiakas hyväksyi, kun olit perumassa. `1` pitää maksun, `2` palauttaa rahat. Valitse `2`, jos asiakas on maksanut muulla tavalla.",
        Menu = "Maksamattomat matkat ja valikko",
        MenuText = "`#` avaa valikon; jos muita matkoja on maksamatta, ne näkyvät ensin. Matkan edessä oleva numero avaa sen. Viimeisen matkan palautukseen tarvitaan yrityksen PIN.",
        Trouble = "Kun jokin on vialla",
        NoNetwork = "Numero tallennetaan, ja pyyntö lähetetään, kun verkko palaa.",
        MeterSilent = "Tarkista taksamittarin kaapeli.",
        IgnitionOff = "Kytke sytytysvirta; ilman sitä mitään uutta ei aloiteta.",
        StoreFull = "Ota muu maksu vastaan, ja soita huoltoon.",
        Stopped = "Tässä matkassa on jokin vialla. Muut jatkuvat.",
    };
}
