using TaximeterAgent.Configuration;

namespace TaximeterAgent.Driver.Screens;

/// <summary>What the display says in one language. Each text fits a line of sixteen characters, some only the rest of one; a test holds them to it.</summary>
internal sealed record Words
{
    public required string Ready { get; init; }

    public required string NoNetwork { get; init; }

    public required string MeterSilent { get; init; }

    /// <summary>In place of a question: nothing can be keyed.</summary>
    public required string KeypadGone { get; init; }

    /// <summary>The line to the meter is not open: unplugged, most often.</summary>
    public required string NoMeterLine { get; init; }

    /// <summary>A meter speaks that is not this car's.</summary>
    public required string OtherMeter { get; init; }

    /// <summary>The keys of the payment service are missing: nothing is requested.</summary>
    public required string NotSetUp { get; init; }

    public required string StoreFull { get; init; }

    /// <summary>The last picture of an agent that ends by a fault: nobody takes fares until it is back.</summary>
    public required string OutOfOrder { get; init; }

    public required string CollectOtherwise { get; init; }

    /// <summary>Beside the amount: at most 6 characters.</summary>
    public required string Number { get; init; }

    public required string NumberAgain { get; init; }

    public required string TooShort { get; init; }

    public required string TooLong { get; init; }

    public required string Impossible { get; init; }

    public required string Checking { get; init; }

    public required string Sending { get; init; }

    public required string KeptForNetwork { get; init; }

    /// <summary>Before the masked number: at most 11 characters.</summary>
    public required string Waiting { get; init; }

    /// <summary>A code is on paper.</summary>
    public required string ScanCode { get; init; }

    /// <summary>A code is being printed, or waits for its turn.</summary>
    public required string Printing { get; init; }

    /// <summary>A code was not printed: which key prints it.</summary>
    public required string PrintCode { get; init; }

    /// <summary>The printer has none.</summary>
    public required string NoPaper { get; init; }

    /// <summary>The printer is not to be had.</summary>
    public required string PrinterOff { get; init; }

    /// <summary>Its cover is open, or it says that something else is wrong.</summary>
    public required string PrinterFault { get; init; }

    /// <summary>Behind a single 0: at most 4 characters.</summary>
    public required string ConfirmCode { get; init; }

    /// <summary>While a code waits to be scanned.</summary>
    public required string KeysCode { get; init; }

    public required string Ending { get; init; }

    /// <summary>Beside the amount: perhaps with the customer, perhaps not.</summary>
    public required string Unsure { get; init; }

    /// <summary>Before hh:mm: at most 10 characters.</summary>
    public required string NotSureUntil { get; init; }

    public required string NotSure { get; init; }

    public required string Approved { get; init; }

    public required string Paid { get; init; }

    public required string NothingDue { get; init; }

    /// <summary>The choice after a request has come to nothing: send again, other number, other way to pay.</summary>
    public required string AgainNumberOther { get; init; }

    /// <summary>The choice while a request is out: other number, other way to pay.</summary>
    public required string NumberOther { get; init; }

    /// <summary>Other way to pay?</summary>
    public required string OtherYesNo { get; init; }

    public required string Refused { get; init; }

    public required string Expired { get; init; }

    public required string Rejected { get; init; }

    public required string NotPossible { get; init; }

    public required string Offline { get; init; }

    public required string Cancelled { get; init; }

    public required string Offer { get; init; }

    public required string GivingBack { get; init; }

    public required string Void { get; init; }

    public required string Refunded { get; init; }

    /// <summary>The customer has approved although the driver was giving up.</summary>
    public required string KeepUndo { get; init; }

    public required string ApprovedQuestion { get; init; }

    public required string LateQuestion { get; init; }

    public required string VoidQuestion { get; init; }

    public required string Stopped { get; init; }

    /// <summary>A technician has it in hand: nothing goes on by itself.</summary>
    public required string WithTechnician { get; init; }

    /// <summary>Behind hh:mm, the time of a stop: which amount was due? At most 10 characters.</summary>
    public required string Amount { get; init; }

    /// <summary>In its place: the meter printed something that is in doubt; is that what is due? At most 10 characters.</summary>
    public required string ReceiptUnclear { get; init; }

    /// <summary>In its place: the meter printed a copy of a receipt that is not known. At most 10 characters.</summary>
    public required string ReceiptCopy { get; init; }

    /// <summary>Is the amount right?</summary>
    public required string AmountRight { get; init; }

    /// <summary>No amount for this trip?</summary>
    public required string NoFare { get; init; }

    /// <summary>An amount that is too small to be asked for.</summary>
    public required string TooLittle { get; init; }

    /// <summary>An amount that no fare comes to.</summary>
    public required string TooMuch { get; init; }

    /// <summary>Nothing new is begun while it is.</summary>
    public required string IgnitionOff { get; init; }

    /// <summary>On the number's entry: has the customer agreed to be asked? At most 14 characters.</summary>
    public required string Agreed { get; init; }

    /// <summary>Behind a number that is whole: at most 4 characters.</summary>
    public required string Confirm { get; init; }

    /// <summary>Titles of the menu and of its pages, beside an amount: at most 8 characters.</summary>
    public required string Menu { get; init; }

    public required string UnpaidTrips { get; init; }

    /// <summary>The last trips that were paid. Not called paid: it stands beside what is due for another.</summary>
    public required string PaidTrips { get; init; }

    public required string Refund { get; init; }

    public required string LanguageTitle { get; init; }

    public required string Light { get; init; }

    public required string State { get; init; }

    public required string LightOn { get; init; }

    public required string LightOff { get; init; }

    /// <summary>A list with nothing in it.</summary>
    public required string None { get; init; }

    public required string WrongPin { get; init; }

    /// <summary>Before mm:ss: at most 10 characters.</summary>
    public required string Locked { get; init; }

    /// <summary>Is the last trip to be refunded?</summary>
    public required string RefundYesNo { get; init; }

    /// <summary>A digit prints the receipt.</summary>
    public required string PrintReceipt { get; init; }

    public required string NetworkOk { get; init; }

    public required string MeterOk { get; init; }

    /// <summary>Before a number: at most 12 characters.</summary>
    public required string UnderWay { get; init; }

    public required string NothingUnderWay { get; init; }

    /// <summary>What the keys do, where there is room for twenty characters.</summary>
    public required string KeysAsk { get; init; }

    public required string KeysNumber { get; init; }

    public required string KeysWaiting { get; init; }

    public required string KeysChoiceFirst { get; init; }

    public required string KeysChoiceSecond { get; init; }

    public required string KeysWaitingChoice { get; init; }

    public required string KeysNo { get; init; }

    public required string KeysReady { get; init; }

    public required string KeysMenu { get; init; }

    public static Words Of(Language language) => language switch
    {
        Language.Norwegian => Bokmaal,
        Language.Swedish => Swedish,
        Language.Danish => Danish,
        Language.Finnish => Finnish,
        _ => English,
    };

    private static Words English { get; } = new()
    {
        Ready = "Ready",
        NoNetwork = "No network",
        MeterSilent = "Meter is silent",
        KeypadGone = "Keypad is gone",
        NoMeterLine = "No meter line",
        OtherMeter = "WRONG METER",
        NotSetUp = "Not set up",
        StoreFull = "STORE FULL",
        OutOfOrder = "OUT OF ORDER",
        CollectOtherwise = "Pay another way",
        Number = "Phone?",
        NumberAgain = "Phone again?",
        TooShort = "Too short",
        TooLong = "Too long",
        Impossible = "No such number",
        Checking = "Wait, checking",
        Sending = "Wait, sending",
        KeptForNetwork = "Wait: no network",
        Waiting = "Waiting for",
        ScanCode = "Scan the slip",
        Printing = "Wait, printing",
        PrintCode = "0=print QR",
        NoPaper = "No paper",
        PrinterOff = "Printer is off",
        PrinterFault = "Check printer",
        ConfirmCode = "#=QR",
        KeysCode = "0=print  *=change",
        Ending = "Wait, ending it",
        Unsure = "Unsure",
        NotSureUntil = "Wait until",
        NotSure = "Not certain yet",
        Approved = "Approved, wait",
        Paid = "PAID",
        NothingDue = "Nothing to pay",
        AgainNumberOther = "1Agn 2Phone 3Oth",
        NumberOther = "2Phone 3Other *",
        OtherYesNo = "Other way? 1=yes",
        Refused = "Refused",
        Expired = "No answer",
        Rejected = "Not asked",
        NotPossible = "Not possible",
        Offline = "Not sent",
        Cancelled = "Ended",
        Offer = "Send?",
        GivingBack = "Giving back",
        Void = "VOID",
        Refunded = "REFUNDED",
        KeepUndo = "1=keep 2=undo",
        ApprovedQuestion = "APPROVED!",
        LateQuestion = "LATE!",
        VoidQuestion = "VOID!",
        Stopped = "Call technician",
        WithTechnician = "With technician",
        Amount = "Amount?",
        ReceiptUnclear = "Receipt?",
        ReceiptCopy = "Copy?",
        AmountRight = "Right? 1=yes",
        NoFare = "No fare? 1=yes",
        TooLittle = "Too little",
        TooMuch = "Too much",
        IgnitionOff = "Ignition is off",
        Agreed = "Customer ok?",
        Confirm = "#=ok",
        Menu = "Menu",
        UnpaidTrips = "Unpaid",
        PaidTrips = "Latest",
        Refund = "Refund",
        LanguageTitle = "Language",
        Light = "Light",
        State = "State",
        LightOn = "On",
        LightOff = "Off",
        None = "None",
        WrongPin = "Wrong PIN",
        Locked = "Locked",
        RefundYesNo = "Refund? 1=yes",
        PrintReceipt = "1=print receipt",
        NetworkOk = "Network ok",
        MeterOk = "Meter ok",
        UnderWay = "Under way",
        NothingUnderWay = "Nothing open",
        KeysAsk = "*=other way  #=menu",
        KeysNumber = "#=send  *=clear",
        KeysWaiting = "*=change  #=menu",
        KeysChoiceFirst = "1=again 2=new number",
        KeysChoiceSecond = "3=other way  #=menu",
        KeysWaitingChoice = "*=wait on",
        KeysNo = "*=back",
        KeysReady = "#=menu",
        KeysMenu = "*=back  #=next",
    };

    private static Words Bokmaal { get; } = new()
    {
        Ready = "Klar",
        NoNetwork = "Ikke nett",
        MeterSilent = "Taksameter taust",
        KeypadGone = "Tastatur borte",
        NoMeterLine = "Ingen taksameter",
        OtherMeter = "FEIL TAKSAMETER",
        NotSetUp = "Ikke satt opp",
        StoreFull = "LAGER FULLT",
        OutOfOrder = "UTE AV DRIFT",
        CollectOtherwise = "Annen betaling",
        Number = "Tlf?",
        NumberAgain = "Tlf en gang til?",
        TooShort = "For kort",
        TooLong = "For langt",
        Impossible = "Ugyldig nummer",
        Checking = "Vent, sjekker",
        Sending = "Vent, sender",
        KeptForNetwork = "Vent: ikke nett",
        Waiting = "Venter på",
        ScanCode = "Skann lappen",
        Printing = "Vent, skriver ut",
        PrintCode = "0=skriv ut QR",
        NoPaper = "Tom for papir",
        PrinterOff = "Skriver er av",
        PrinterFault = "Sjekk skriver",
        ConfirmCode = "#=QR",
        KeysCode = "0=skriv ut  *=endre",
        Ending = "Vent, avslutter",
        Unsure = "Uklart",
        NotSureUntil = "Vent til",
        NotSure = "Ennå usikkert",
        Approved = "Godkjent, vent",
        Paid = "BETALT",
        NothingDue = "Intet å betale",
        AgainNumberOther = "1Igjen 2Tlf 3Ann",
        NumberOther = "2Tlf 3Annet *",
        OtherYesNo = "Annet? 1=ja",
        Refused = "Avslått",
        Expired = "Ikke svar",
        Rejected = "Uspurt",
        NotPossible = "Ikke mulig",
        Offline = "Usendt",
        Cancelled = "Avsluttet",
        Offer = "Send?",
        GivingBack = "Gis tilbake",
        Void = "ANNULLERT",
        Refunded = "REFUNDERT",
        KeepUndo = "1=behold 2=angre",
        ApprovedQuestion = "GODKJENT!",
        LateQuestion = "FOR SENT!",
        VoidQuestion = "ANNULL.",
        Stopped = "Ring tekniker",
        WithTechnician = "Hos tekniker",
        Amount = "Beløp?",
        ReceiptUnclear = "Kvitt.?",
        ReceiptCopy = "Kopi?",
        AmountRight = "Riktig? 1=ja",
        NoFare = "Uten beløp? 1=ja",
        TooLittle = "For lite",
        TooMuch = "For mye",
        IgnitionOff = "Tenning er av",
        Agreed = "Kunden enig?",
        Confirm = "#=ok",
        Menu = "Meny",
        UnpaidTrips = "Ubetalt",
        PaidTrips = "Siste",
        Refund = "Refusjon",
        LanguageTitle = "Språk",
        Light = "Lys",
        State = "Status",
        LightOn = "På",
        LightOff = "Av",
        None = "Ingen",
        WrongPin = "Feil PIN",
        Locked = "Sperret",
        RefundYesNo = "Refunder? 1=ja",
        PrintReceipt = "1=skriv kvitt.",
        NetworkOk = "Nett ok",
        MeterOk = "Taksameter ok",
        UnderWay = "Underveis",
        NothingUnderWay = "Intet åpent",
        KeysAsk = "*=annet  #=meny",
        KeysNumber = "#=send  *=slett",
        KeysWaiting = "*=endre  #=meny",
        KeysChoiceFirst = "1=igjen 2=nytt nr",
        KeysChoiceSecond = "3=annet  #=meny",
        KeysWaitingChoice = "*=vent videre",
        KeysNo = "*=tilbake",
        KeysReady = "#=meny",
        KeysMenu = "*=tilbake  #=neste",
    };

    private static Words Swedish { get; } = new()
    {
        Ready = "Klar",
        NoNetwork = "Inget nät",
        MeterSilent = "Taxameter tyst",
        KeypadGone = "Knappsats borta",
        NoMeterLine = "Ingen taxameter",
        OtherMeter = "FEL TAXAMETER",
        NotSetUp = "Ej konfigurerad",
        StoreFull = "LAGRET FULLT",
        OutOfOrder = "UR FUNKTION",
        CollectOtherwise = "Ta annan betaln.",
        Number = "Tel?",
        NumberAgain = "Tel en gång till",
        TooShort = "För kort",
        TooLong = "För långt",
        Impossible = "Ogiltigt nummer",
        Checking = "Vänta, kollar",
        Sending = "Vänta, skickar",
        KeptForNetwork = "Vänta: inget nät",
        Waiting = "Väntar på",
        ScanCode = "Skanna lappen",
        Printing = "Vänta, skriver",
        PrintCode = "0=skriv ut QR",
        NoPaper = "Slut på papper",
        PrinterOff = "Skrivaren är av",
        PrinterFault = "Kolla skrivaren",
        ConfirmCode = "#=QR",
        KeysCode = "0=skriv ut  *=ändra",
        Ending = "Vänta, avslutar",
        Unsure = "Osäkert",
        NotSureUntil = "Vänta till",
        NotSure = "Inte säkert än",
        Approved = "Godkänt, vänta",
        Paid = "BETALT",
        NothingDue = "Inget att betala",
        AgainNumberOther = "1Igen 2Tel 3Ann.",
        NumberOther = "2Tel 3Annat *",
        OtherYesNo = "Annat? 1=ja",
        Refused = "Nekat",
        Expired = "Ej svar",
        Rejected = "Ej frågad",
        NotPossible = "Ej möjligt",
        Offline = "Ej sänt",
        Cancelled = "Avslutat",
        Offer = "Skicka?",
        GivingBack = "Ges tillbaka",
        Void = "ANNULLERAT",
        Refunded = "ÅTERBETALT",
        KeepUndo = "1=behåll 2=ångra",
        ApprovedQuestion = "GODKÄNT!",
        LateQuestion = "FÖR SENT!",
        VoidQuestion = "ANNULL.",
        Stopped = "Ring tekniker",
        WithTechnician = "Hos tekniker",
        Amount = "Belopp?",
        ReceiptUnclear = "Kvitto?",
        ReceiptCopy = "Kopia?",
        AmountRight = "Rätt? 1=ja",
        NoFare = "Inget? 1=ja",
        TooLittle = "För litet",
        TooMuch = "För mycket",
        IgnitionOff = "Tändning är av",
        Agreed = "Kunden med?",
        Confirm = "#=ok",
        Menu = "Meny",
        UnpaidTrips = "Obetalt",
        PaidTrips = "Senaste",
        Refund = "Återbet.",
        LanguageTitle = "Språk",
        Light = "Ljus",
        State = "Status",
        LightOn = "På",
        LightOff = "Av",
        None = "Inga",
        WrongPin = "Fel PIN",
        Locked = "Spärrat",
        RefundYesNo = "Återbet.? 1=ja",
        PrintReceipt = "1=skriv kvitto",
        NetworkOk = "Nät ok",
        MeterOk = "Taxameter ok",
        UnderWay = "På väg",
        NothingUnderWay = "Inget öppet",
        KeysAsk = "*=annat  #=meny",
        KeysNumber = "#=skicka  *=radera",
        KeysWaiting = "*=ändra  #=meny",
        KeysChoiceFirst = "1=igen 2=nytt nummer",
        KeysChoiceSecond = "3=annat  #=meny",
        KeysWaitingChoice = "*=vänta vidare",
        KeysNo = "*=tillbaka",
        KeysReady = "#=meny",
        KeysMenu = "*=tillbaka  #=nästa",
    };

    private static Words Danish { get; } = new()
    {
        Ready = "Klar",
        NoNetwork = "Intet net",
        MeterSilent = "Taxameter tavst",
        KeypadGone = "Tastatur væk",
        NoMeterLine = "Intet taxameter",
        OtherMeter = "FORKERT TAXAM.",
        NotSetUp = "Ikke sat op",
        StoreFull = "LAGER FULDT",
        OutOfOrder = "UDE AF DRIFT",
        CollectOtherwise = "Anden betaling",
        Number = "Tlf?",
        NumberAgain = "Tlf igen?",
        TooShort = "For kort",
        TooLong = "For langt",
        Impossible = "Ugyldigt nummer",
        Checking = "Vent, tjekker",
        Sending = "Vent, sender",
        KeptForNetwork = "Vent: intet net",
        Waiting = "Venter på",
        ScanCode = "Scan sedlen",
        Printing = "Vent, udskriver",
        PrintCode = "0=udskriv QR",
        NoPaper = "Mangler papir",
        PrinterOff = "Printer er fra",
        PrinterFault = "Tjek printer",
        ConfirmCode = "#=QR",
        KeysCode = "0=udskriv  *=ændre",
        Ending = "Vent, afslutter",
        Unsure = "Uklart",
        NotSureUntil = "Vent til",
        NotSure = "Ikke sikkert nu",
        Approved = "Godkendt, vent",
        Paid = "BETALT",
        NothingDue = "Intet at betale",
        AgainNumberOther = "1Igen 2Tlf 3And.",
        NumberOther = "2Tlf 3Andet *",
        OtherYesNo = "Andet? 1=ja",
        Refused = "Afvist",
        Expired = "Ubesvaret",
        Rejected = "Uspurgt",
        NotPossible = "Ikke muligt",
        Offline = "Usendt",
        Cancelled = "Afsluttet",
        Offer = "Send?",
        GivingBack = "Gives tilbage",
        Void = "ANNULLERET",
        Refunded = "REFUNDERET",
        KeepUndo = "1=behold 2=fortr",
        ApprovedQuestion = "GODKENDT!",
        LateQuestion = "FOR SENT!",
        VoidQuestion = "ANNULL.",
        Stopped = "Ring tekniker",
        WithTechnician = "Hos tekniker",
        Amount = "Beløb?",
        ReceiptUnclear = "Bon?",
        ReceiptCopy = "Kopi?",
        AmountRight = "Rigtigt? 1=ja",
        NoFare = "Intet? 1=ja",
        TooLittle = "For lidt",
        TooMuch = "For meget",
        IgnitionOff = "Tænding er fra",
        Agreed = "Kunden enig?",
        Confirm = "#=ok",
        Menu = "Menu",
        UnpaidTrips = "Ubetalt",
        PaidTrips = "Seneste",
        Refund = "Refusion",
        LanguageTitle = "Sprog",
        Light = "Lys",
        State = "Status",
        LightOn = "Til",
        LightOff = "Fra",
        None = "Ingen",
        WrongPin = "Forkert PIN",
        Locked = "Spærret",
        RefundYesNo = "Refunder? 1=ja",
        PrintReceipt = "1=skriv kvitt.",
        NetworkOk = "Net ok",
        MeterOk = "Taxameter ok",
        UnderWay = "Undervejs",
        NothingUnderWay = "Intet åbent",
        KeysAsk = "*=andet  #=menu",
        KeysNumber = "#=send  *=slet",
        KeysWaiting = "*=ændre  #=menu",
        KeysChoiceFirst = "1=igen 2=nyt nummer",
        KeysChoiceSecond = "3=andet  #=menu",
        KeysWaitingChoice = "*=vent videre",
        KeysNo = "*=tilbage",
        KeysReady = "#=menu",
        KeysMenu = "*=tilbage  #=næste",
    };

    private static Words Finnish { get; } = new()
    {
        Ready = "Valmis",
        NoNetwork = "Ei verkkoa",
        MeterSilent = "Mittari vaiti",
        KeypadGone = "Näppäimet poissa",
        NoMeterLine = "Mittari irti",
        OtherMeter = "VÄÄRÄ MITTARI",
        NotSetUp = "Ei määritetty",
        StoreFull = "MUISTI TÄYNNÄ",
        OutOfOrder = "EI TOIMINNASSA",
        CollectOtherwise = "Peri muuten",
        Number = "Puh?",
        NumberAgain = "Puh uudelleen?",
        TooShort = "Liian lyhyt",
        TooLong = "Liian pitkä",
        Impossible = "Väärä numero",
        Checking = "Odota, tarkistaa",
        Sending = "Odota, lähettää",
        KeptForNetwork = "Odota: ei verkko",
        Waiting = "Odottaa",
        ScanCode = "Skannaa lappu",
        Printing = "Odota, tulostaa",
        PrintCode = "0=tulosta QR",
        NoPaper = "Paperi loppu",
        PrinterOff = "Tulostin on pois",
        PrinterFault = "Katso tulostin",
        ConfirmCode = "#=QR",
        KeysCode = "0=tulosta  *=muuta",
        Ending = "Odota, peruu",
        Unsure = "Ehkä",
        NotSureUntil = "Odota klo",
        NotSure = "Ei varmaa vielä",
        Approved = "Hyväksytty,odota",
        Paid = "MAKSETTU",
        NothingDue = "Ei maksettavaa",
        AgainNumberOther = "1Uud 2Puh 3Muu",
        NumberOther = "2Puh 3Muu *",
        OtherYesNo = "Muu? 1=kyllä",
        Refused = "Hylätty",
        Expired = "Vanheni",
        Rejected = "Torjuttu",
        NotPossible = "Ei mahdollista",
        Offline = "Ei mennyt",
        Cancelled = "Päätetty",
        Offer = "Lähetä?",
        GivingBack = "Palautetaan",
        Void = "MITÄTÖITY",
        Refunded = "HYVITETTY",
        KeepUndo = "1=pidä 2=peru",
        ApprovedQuestion = "HYVÄKSYI!",
        LateQuestion = "MYÖHÄSSÄ!",
        VoidQuestion = "MITÄTÖITY",
        Stopped = "Soita huoltoon",
        WithTechnician = "Huolto hoitaa",
        Amount = "Summa?",
        ReceiptUnclear = "Kuitti?",
        ReceiptCopy = "Kopio?",
        AmountRight = "Oikein? 1=kyllä",
        NoFare = "Ohita? 1=kyllä",
        TooLittle = "Liian pieni",
        TooMuch = "Liian suuri",
        IgnitionOff = "Sytytys on pois",
        Agreed = "Asiakas ok?",
        Confirm = "#=ok",
        Menu = "Valikko",
        UnpaidTrips = "Avoinna",
        PaidTrips = "Aiemmat",
        Refund = "Palautus",
        LanguageTitle = "Kieli",
        Light = "Valo",
        State = "Tila",
        LightOn = "Päällä",
        LightOff = "Pois",
        None = "Ei yhtään",
        WrongPin = "Väärä PIN",
        Locked = "Lukittu",
        RefundYesNo = "Palauta? 1=kyllä",
        PrintReceipt = "1=tulosta kuitti",
        NetworkOk = "Verkko ok",
        MeterOk = "Mittari ok",
        UnderWay = "Kesken",
        NothingUnderWay = "Ei avoimia",
        KeysAsk = "*=muu  #=valikko",
        KeysNumber = "#=lähetä  *=tyhjennä",
        KeysWaiting = "*=muuta  #=valikko",
        KeysChoiceFirst = "1=uudelleen 2=numero",
        KeysChoiceSecond = "3=muu  #=valikko",
        KeysWaitingChoice = "*=odota vielä",
        KeysNo = "*=takaisin",
        KeysReady = "#=valikko",
        KeysMenu = "*=takaisin  #=seur.",
    };
}
