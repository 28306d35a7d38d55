# Korta svar: nej, ursäkter, val.

refused-title = Det gick inte
already-title = Det har du redan gjort
overtaken-title = Redan avgjort
late-title = För sent
choose-title = Vilken menar du?
try-again = Något annat hände i samma ögonblick. Försök igen.
repeated = Det här är redan gjort.
person-unknown = Ingen här heter ”{ $typed }”. Kontrollera stavningen eller använd hela adressen.
person-unknown-suggest = Ingen här heter ”{ $typed }”. Menade du { $people }?
person-unknown-product = Ingen här heter ”{ $typed }”, men det gör en produkt. Ange personen först och sedan produkten, som i: { $words }
person-needs-quotes = Ett namn med flera ord ska stå inom citattecken. Menade du { $line }?
person-several = Flera personer heter ”{ $typed }”. Vem menar du?
person-gone = Personen finns inte längre i katalogen.
product-understood = ”{ $typed }” har tolkats som { $product }, den enda produkten här med det i namnet.
product-understood-or-app = ”{ $typed }” har tolkats som { $product }, den enda produkten här med det i namnet. Om du menar appen ingår den i { $products }.
product-several = ”{ $typed }” kan vara flera produkter. Vilken menar du?
product-not-owned = ”{ $typed }” betyder { $products }, som företaget inte äger. Se vad som finns med: /license stock.
product-not-owned-suggest = ”{ $typed }” betyder { $products }, som företaget inte äger. Menade du { $suggestions }?
product-unknown = Ingen produkt heter ”{ $typed }”. Se vad företaget äger med: /license stock.
product-unknown-app = Ingen produkt heter ”{ $typed }”, men en app som ingår i { $products }.
product-unknown-suggest = Ingen produkt heter ”{ $typed }”. Menade du { $suggestions }?
app-several = ”{ $typed }” kan vara flera appar i { $product }: { $apps }. Skriv hela namnet.
app-not-switchable = ”{ $typed }” hör till hela företaget och kan inte slås på eller stängas av för en enda person.
app-unknown = { $product } har ingen app som heter ”{ $typed }”. Se apparna med: /license stock { $name }
app-unknown-suggest = { $product } har ingen app som heter ”{ $typed }”. Menade du { $apps }?
apps-on-and-off = Samma app kan inte både slås på och stängas av. Ange den en gång.
swap-same-product = Samma produkt kan inte både tilldelas och tas bort. Ange två olika.
forbidden-by-policy = Policyn låter dig inte begära det här. En licensansvarig kan berätta mer.
rule-says = Regeln säger: { $words }
nobody-may-vote = Ingen får godkänna det här nu, så det går inte att begära. Fråga en licensansvarig.
policy-denies-now = Policyn tillåter inte det här längre, så begäran avslogs.
started-over-route = Policyn kräver nu andra godkännare, så godkännandet börjar om. De har fått frågan.
started-over-asked = För få av de tillfrågade får fortfarande godkänna, så godkännandet börjar om. De som nu får godkänna har fått frågan.
started-over-voter = Någon som godkänt får inte godkänna längre, så godkännandet börjar om. Godkännarna har fått frågan.

recorded-title = Noterat
recorded-approved-waits = Du godkände { $request }; den väntar på { $missing ->
    [one] en röst till
   *[other] { $missing } röster till
 }.
recorded-approved = Du godkände { $request }; den genomförs nu.
recorded-denied = Du avslog { $request }; den som begärde det får veta varför.
recorded-cancelled = Du avbröt { $request }.

request-unknown = Det finns ingen sådan begäran, eller så får bara de inblandade se mer av den. Se dina med: /license requests.
not-yours = Bara den som begärde det här kan bekräfta det.
cancel-not-yours = Bara den som begärde det här, eller en licensansvarig, kan avbryta det.
click-stale = Det här har ändrats sedan knappen visades. Se kortet som det är nu.
asked-already = Du har bett om det här i { $request }. { $progress }
asked-by-another = Samma sak begärs redan i { $request }. { $progress }
too-late = { $request }: { $progress }
late-try-again = { $request } ändrades i samma ögonblick. { $progress } Försök igen.
reason-needed = Ange varför, med 1 till 500 tecken; den som begärde det läser det.
location-unknown = Det är inget land. Välj ett ur listan.
location-needed = Välj en användningsplats först; den avgör vilka tjänster som är tillåtna och gissas aldrig.
location-not-yours = Du får inte sätta användningsplatsen. En godkännare väljer den.
vote-own-request = Du begärde det här, så någon annan måste bestämma.
vote-about-self = Det här gäller dig, så någon annan måste bestämma.
vote-twice = Du har redan godkänt det här; det väntar på andra.
vote-earlier-stage = Du har redan godkänt ett tidigare steg, så någon annan tar det här.
vote-not-asked = Du är inte tillfrågad om det här. Det är { $people }.

broken-title = Något gick sönder
broken-passing = Microsoft 365 svarar inte just nu. Inget gick förlorat; försök igen om en minut.
broken-lasting = Microsoft 365 släpper inte in boten. Inget ändrades; säg till en licensansvarig.
broken-store = Det gick inte att spara, så det hände inte. Försök igen; om det fortsätter, säg till en licensansvarig.
broken-damaged = Uppgifterna om begäran stämmer inte med granskningsspåret, så inget görs med den. Säg genast till en licensansvarig.
broken-race = Något annat hände i samma ögonblick. Se kortet som det är nu.
