# Vad människor vill läsa: en person, vilka som har en produkt, licenser, begäranden, reglerna bakom ett beslut, hjälp.

reading-more = Ytterligare { $count } visas inte.

# En person
reading-own-title = Det här har du
reading-person-title = Det här har { $person }
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
reading-error-seats = ingen licens var ledig
reading-error-conflict = den krockar med en annan licens
reading-error-dependency = den behöver en app som saknas
reading-error-location = den är inte tillåten på användningsplatsen
reading-error-address = ett annat konto har en av e-postadresserna
reading-error-other = Microsoft 365 rapporterar ett fel ({ $word })
reading-under-way = På gång: { $request }
reading-under-way-more = { $count ->
    [one] En begäran till är på gång, utöver dem som visas.
   *[other] { $count } begäranden till är på gång, utöver dem som visas.
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

# Licenser
stock-title = Det här äger företaget
stock-title-one = Licenser för { $product }
stock-forbidden = Policyn låter dig inte se företagets licenser. Fråga en licensansvarig.
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
stock-over = { $count } fler används än som är betalda
stock-grace = { $count } i respittid, delas inte ut
stock-on-hold = { $count ->
    [one] { $count } pausad
   *[other] { $count } pausade
 }
stock-given-up = { $count ->
    [one] { $count } uppsagd
   *[other] { $count } uppsagda
 }
stock-company = hör till hela företaget och tilldelas aldrig en enda person
stock-expired = abonnemanget har gått ut, och den som har produkten behåller den tills vidare
stock-suspended = pausad, inget nytt kan tilldelas förrän abonnemanget förnyas
stock-deleted = borttagen, kan inte tilldelas längre
stock-locked-out = uppsagd, kan inte tilldelas längre
stock-unknown-state = i ett läge som den här boten inte känner till ({ $word }), tilldelas inte
stock-apps = Appar
stock-company-apps = Appar för hela företaget
stock-no-apps = inga

# Begäranden
requests-title = Dina licensbegäranden
requests-waiting = { $count ->
    [0] Inget väntar på ditt svar.
    [one] En begäran väntar på ditt svar.
   *[other] { $count } begäranden väntar på ditt svar.
 }
requests-open = { $count ->
    [0] Inget som du har begärt är öppet.
    [one] En av dina begäranden är öppen.
   *[other] { $count } av dina begäranden är öppna.
 }
requests-drafts = { $count ->
    [one] Ett av dina utkast väntar på att du bekräftar det.
   *[other] { $count } av dina utkast väntar på att du bekräftar dem.
 }
requests-how = För att se en av dem, skriv /license request och dess id.
requests-waits = { $request }, väntar på dig
requests-yours = { $request }, din
requests-draft = { $request }, ditt utkast
requests-ended = { $request }, avslutad
request-title = Licensbegäran { $request }
request-can-confirm = Bekräfta den med knappen på dess eget kort, eller ta tillbaka den med: /license cancel { $request }
request-can-vote = Du kan avgöra den, med knapparna på ditt kort eller med /license approve { $request } eller /license deny { $request } --reason och varför inte.
request-can-deny = Den kan inte godkännas som den är. Du kan avslå den, med knappen på ditt kort eller med /license deny { $request } --reason och varför inte.
request-can-cancel = Du kan ta tillbaka den med: /license cancel { $request }
request-approved-by = Godkänd av
request-approved-so-far = Hittills godkänd av

# Vad som har hänt med en begäran
trail-at = { $at }
trail-earlier = Dessförinnan
trail-earlier-count = { $count ->
    [one] ett tidigare steg
   *[other] { $count } tidigare steg
 }
trail-bot = licensebot
trail-command-line = En licensansvarig vid kommandoraden
trail-opened = { $who } gjorde begäran.
trail-confirmed = { $who } bekräftade den. Ombedda att godkänna: { $people }.
trail-confirmed-at-once = { $who } bekräftade den. Ingen behövde godkänna.
trail-location = { $who } valde användningsplatsen { $location }.
trail-voted = { $who } godkände den.
trail-voted-next = { $who } godkände den. Ombedda härnäst: { $people }.
trail-started-over-route = Policyn krävde andra godkännare, så godkännandet började om. Ombedda att godkänna: { $people }.
trail-started-over-asked = För få av de tillfrågade får fortfarande godkänna, så godkännandet började om. Ombedda att godkänna: { $people }.
trail-started-over-voter = Någon som hade godkänt får inte godkänna längre, så godkännandet började om. Ombedda att godkänna: { $people }.
trail-denied = { $who } avslog den.
trail-denied-by-policy = Policyn tillät den inte längre.
trail-cancelled = { $who } avbröt den.
trail-expired = Ingen bestämde sig i tid.
trail-began = Ändringen påbörjades.
trail-intended-licenses = Licensändringen var på väg till { tenant-within }.
trail-intended-location = Användningsplatsen { $location } var på väg till { tenant-within }.
trail-accepted = { tenant-first } tog emot den.
trail-refused = { tenant-first } sade nej.
trail-not-sent = { tenant-first } gick inte att nå.
trail-unknown = Inget tydligt svar kom, så det kontrollerades i { tenant-within }.
trail-shown = { tenant-first } visade den.
trail-put-back = { tenant-first } visade att inget hade ändrats; ett nytt försök görs.
trail-applied = { tenant-first } visade ändringen.
trail-failed = Det gick inte, och inget nytt försök gjordes.
trail-needs-human = Ingen kunde säga om ändringen gjordes, så de licensansvariga fick veta det.
trail-resolved-applied = { $who } såg att ändringen var gjord.
trail-resolved-not-applied = { $who } såg att ändringen inte var gjord.
trail-reason = { $what } Skäl: { $reason }

# Varför
why-title = Varför { $request } går den väg den går
why-change-title = Vad som skulle hända
why-held-self = Du har redan { $product }, så det här förklarar hur du lämnar tillbaka den.
why-held-other = { $subject } har redan { $product }, så det här förklarar hur den tas bort.
why-asking-self = Om du begärde det här för dig själv: { $change }.
why-asking-other = Om du begärde det här för { $subject }: { $change }.
why-nothing-asked = Det här förklarar bara; inget har begärts.
why-voted = Godkänd av { $approved }.
why-starts-over-route = Policyn kräver andra godkännare nu: godkännandet börjar om vid nästa röst.
why-starts-over-asked = För få av de tillfrågade får fortfarande godkänna: vid deras nästa klick får de som nu får godkänna frågan.
why-starts-over-voter = Någon som godkänt får inte godkänna längre: godkännandet börjar om vid nästa röst.
why-denied-now = Policyn tillåter den inte längre: den avslås vid nästa röst.
why-person-gone = Någon i begäran finns inte längre i katalogen, så den kan inte gå vidare.

# Att fylla i
complete-me = du själv
complete-seats = { $free ->
    [one] { $free } ledig
   *[other] { $free } lediga
 } av { $enabled }
