# Vad människor vill läsa: en person, vilka som har en produkt, platser, ärenden, reglerna bakom ett beslut, hjälp.

reading-more = Ytterligare { $count } visas inte.

# En person
reading-own-title = Vad du har
reading-person-title = Vad { $person } har
reading-person-hidden = Det finns ingen som heter ”{ $typed }” vars licenser du får se. Kontrollera stavningen eller fråga en licensansvarig.
reading-own-forbidden = Policyn låter dig inte se vad du har. Fråga en licensansvarig.
reading-own-count = { $count ->
    [0] Du har ingen licens.
    [one] Du har en licens.
   *[other] Du har { $count } licenser.
 }
reading-person-count = { $count ->
    [0] { $person } har ingen licens.
    [one] { $person } har en licens.
   *[other] { $person } har { $count } licenser.
 }
reading-blocked = Inloggningen är spärrad för det här kontot; dess licenser förbrukas ändå.
reading-guest = Det här kontot är en gäst.
reading-no-location = Det finns ingen användningsplats, så ingen licens kan tilldelas förrän någon sätter en.
reading-account = Konto
reading-direct = tilldelad direkt
reading-inherited = ärvd från { $groups }
reading-both = tilldelad direkt och ärvd från { $groups }
reading-without = { $held }, utan { $apps }
reading-note = { $held }; { $note }
reading-not-in-force = gäller inte genom { $group }: { $why }
reading-direct-not-in-force = den direkta tilldelningen gäller inte: { $why }
reading-state-unknown = i ett läge som den här boten inte känner till ({ $word })
reading-error-seats = ingen plats var ledig
reading-error-conflict = den krockar med en annan licens
reading-error-dependency = den behöver en app som saknas
reading-error-location = den är inte tillåten på användningsplatsen
reading-error-address = ett annat konto har en av e-postadresserna
reading-error-other = katalogen rapporterar ett fel ({ $word })
reading-under-way = På gång: { $request }
reading-under-way-more = { $count ->
    [one] Ett ärende till är på gång, utöver dem som visas.
   *[other] { $count } ärenden till är på gång, utöver dem som visas.
 }
reading-headline = { $headline } { $progress }

# Vilka som har en produkt
holders-title = Vilka som har { $product }
holders-forbidden = Policyn låter dig inte se vilka som har en produkt. Fråga en licensansvarig.
holders-count = { $count ->
    [0] Ingen har { $product }.
    [one] En person har { $product }.
   *[other] { $count } personer har { $product }.
 }
holder = { $address }
holder-blocked = { $address }, inloggningen spärrad
holder-guest = { $address }, gäst
holder-blocked-guest = { $address }, gäst, inloggningen spärrad

# Platser
stock-title = Vad företaget äger
stock-title-one = Platser för { $product }
stock-forbidden = Policyn låter dig inte se företagets platser. Fråga en licensansvarig.
stock-count = { $count ->
    [0] Företaget äger ingen produkt.
    [one] Företaget äger en produkt.
   *[other] Företaget äger { $count } produkter.
 }
stock-how = För att se apparna i en av dem, skriv /license stock och dess namn.
stock-seats = { $free ->
    [one] { $free } ledig
   *[other] { $free } lediga
 } av { $enabled }, { $consumed } används
stock-note = { $seats }; { $note }
stock-over = { $count } fler används än det betalas för
stock-grace = { $count } i sin respittid, delas inte ut
stock-on-hold = { $count ->
    [one] { $count } pausad
   *[other] { $count } pausade
 }
stock-given-up = { $count ->
    [one] { $count } uppsagd
   *[other] { $count } uppsagda
 }
stock-company = hör till hela företaget och tilldelas aldrig personer
stock-expired = abonnemanget har gått ut, och den som har produkten behåller den tills vidare
stock-suspended = pausad, inget nytt kan tilldelas förrän abonnemanget förnyas
stock-deleted = borttagen, kan inte tilldelas längre
stock-locked-out = uppsagd, kan inte tilldelas längre
stock-unknown-state = i ett läge som den här boten inte känner till ({ $word }), tilldelas inte
stock-apps = Appar
stock-company-apps = Appar för hela företaget
stock-no-apps = inga

# Ärenden
requests-title = Dina licensärenden
requests-waiting = { $count ->
    [0] Inget väntar på ditt svar.
    [one] Ett ärende väntar på ditt svar.
   *[other] { $count } ärenden väntar på ditt svar.
 }
requests-open = { $count ->
    [0] Inget som du har begärt är öppet.
    [one] Ett av dina ärenden är öppet.
   *[other] { $count } av dina ärenden är öppna.
 }
requests-how = För att se ett av dem, skriv /license request och dess id.
requests-waits = { $request }, väntar på dig
requests-yours = { $request }, ditt
requests-ended = { $request }, avslutat
request-title = Licensärende { $request }
request-can-confirm = Bekräfta det med knappen på dess eget kort, eller ta tillbaka det med: /license cancel { $request }
request-can-vote = Du kan avgöra det, med knapparna på ditt kort eller med /license approve { $request } eller /license deny { $request } --reason och varför inte.
request-can-deny = Det kan inte godkännas som det är. Du kan avslå det, med knappen på ditt kort eller med /license deny { $request } --reason och varför inte.
request-can-cancel = Du kan ta tillbaka det med: /license cancel { $request }
request-approved-by = Hittills godkänt av

# Vad som har hänt med ett ärende
trail-at = { $at }
trail-earlier = Dessförinnan
trail-earlier-count = { $count ->
    [one] ett tidigare steg
   *[other] { $count } tidigare steg
 }
trail-bot = licensebot
trail-command-line = En licensansvarig vid kommandoraden
trail-opened = { $who } begärde det.
trail-confirmed = { $who } bekräftade det. Tillfrågade om godkännande: { $people }.
trail-confirmed-at-once = { $who } bekräftade det. Ingen behövde godkänna.
trail-location = { $who } valde användningsplatsen { $location }.
trail-voted = { $who } godkände det.
trail-voted-next = { $who } godkände det. Tillfrågade därnäst: { $people }.
trail-started-over-route = Policyn krävde andra godkännare, så godkännandet började om. Tillfrågade om godkännande: { $people }.
trail-started-over-voter = Någon som hade godkänt får inte godkänna längre, så godkännandet började om. Tillfrågade om godkännande: { $people }.
trail-denied = { $who } avslog det.
trail-denied-by-policy = Policyn tillät det inte längre.
trail-cancelled = { $who } avbröt det.
trail-expired = Ingen bestämde sig i tid.
trail-began = Alla hade godkänt, och det var dess tur.
trail-intended-licenses = Licensändringen bestämdes och skickades sedan.
trail-intended-location = Att sätta användningsplatsen till { $location } bestämdes och skickades sedan.
trail-accepted = Katalogen tog emot den.
trail-refused = Katalogen sade nej till den.
trail-not-sent = Katalogen gick inte att nå.
trail-unknown = Inget tydligt svar kom, så katalogen lästes.
trail-shown = Katalogen visade den, och nästa steg följde.
trail-put-back = Katalogen visade att inget hade ändrats; det görs ett nytt försök.
trail-applied = Katalogen visade ändringen.
trail-failed = Det gick inte; inget mer försöktes.
trail-needs-human = Ingen kunde säga om ändringen gjordes, så de licensansvariga fick veta det.
trail-resolved-applied = { $who } såg att ändringen var gjord.
trail-resolved-not-applied = { $who } såg att ändringen inte var gjord.
trail-reason = { $what } Skäl: { $reason }

# Varför
why-title = Varför { $request } går den väg det går
why-change-title = Vad som skulle hända
why-asking-self = Om du bad om det här för dig själv: { $change }.
why-asking-other = Om du bad om det här för { $subject }: { $change }.
why-nothing-asked = Det här förklarar bara; inget har begärts.
why-voted = Godkänt av { $approved }.
why-starts-over-route = Policyn kräver andra godkännare nu: godkännandet börjar om vid nästa röst.
why-starts-over-voter = Någon som godkänt får inte godkänna längre: godkännandet börjar om vid nästa röst.
why-denied-now = Policyn tillåter det inte längre: det avslås vid nästa röst.
why-person-gone = Någon i ärendet finns inte längre i katalogen, så det kan inte gå vidare.

# Att fylla i
complete-me = du själv
complete-seats = { $free ->
    [one] { $free } ledig
   *[other] { $free } lediga
 } av { $enabled }
