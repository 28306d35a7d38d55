# Korta svar: nej, ursäkter, val.

refused-title = Det gick inte
choose-title = Vilken menar du?
try-again = Något annat hände i samma ögonblick. Försök igen.
repeated = Det här är redan gjort.
person-unknown = Ingen här heter ”{ $typed }”. Kontrollera stavningen eller använd hela adressen.
person-unknown-suggest = Ingen här heter ”{ $typed }”. Menade du { $people }?
person-several = Flera heter ”{ $typed }”. Vem av dem?
person-gone = Personen finns inte längre i katalogen.
product-several = ”{ $typed }” kan vara flera produkter. Vilken?
product-not-owned = ”{ $typed }” betyder { $products }, som företaget inte äger. Se vad som finns med: /license stock.
product-unknown = Ingen produkt heter ”{ $typed }”. Se vad företaget äger med: /license stock.
product-unknown-suggest = Ingen produkt heter ”{ $typed }”. Menade du { $products }?
app-several = ”{ $typed }” kan vara flera appar i { $product }: { $apps }. Skriv hela namnet.
app-not-switchable = ”{ $typed }” hör till hela företaget och kan inte ändras för en person.
app-unknown = { $product } har ingen app som heter ”{ $typed }”. Se apparna med: /license stock.
app-unknown-suggest = { $product } har ingen app som heter ”{ $typed }”. Menade du { $apps }?
apps-on-and-off = Samma app kan inte slås på och av på en gång. Nämn den en gång.
swap-same-product = Samma produkt kan inte tilldelas och tas bort på en gång. Nämn två olika.
forbidden-by-policy = Policyn låter dig inte begära det här. En licensansvarig kan berätta mer.
rule-says = Regeln säger: { $words }
nobody-may-vote = Ingen får godkänna det här nu, så det går inte att begära. Fråga en licensansvarig.
policy-denies-now = Policyn tillåter inte det här längre, så det avslogs.
started-over-route = Policyn kräver andra godkännare nu, så godkännandet börjar om. De har fått frågan.
started-over-voter = Någon som godkänt får inte godkänna längre, så godkännandet börjar om. Godkännarna har fått frågan.

request-unknown = Det finns inget sådant ärende som du får se. Se dina med: /license requests.
not-yours = Bara den som begärde det här kan bekräfta det.
cancel-not-yours = Bara den som begärde det här, eller en licensansvarig, kan avbryta det.
click-stale = Det här har ändrats sedan knappen visades. Titta på kortet som det är nu.
too-late = { $request }: { $progress }
reason-needed = Säg varför, med 1 till 500 tecken; den som begärde det läser det.
location-unknown = Det är inget land. Välj ett ur listan.
location-needed = Välj en användningsplats först; den avgör vilka tjänster som är tillåtna och gissas aldrig.
location-not-yours = Du får inte sätta användningsplatsen. En godkännare väljer den.
vote-own-request = Du begärde det här, så någon annan måste bestämma.
vote-about-self = Det här gäller dig, så någon annan måste bestämma.
vote-twice = Du har redan godkänt det här; det väntar på andra.
vote-earlier-stage = Du har redan godkänt ett tidigare steg, så någon annan tar det här.
vote-not-asked = Du är inte tillfrågad om det här. Det är { $people }.

broken-title = Något gick sönder
broken-passing = Katalogen svarar inte just nu. Inget gick förlorat; försök igen om en minut.
broken-lasting = Boten får inte läsa katalogen. Inget ändrades; säg till en licensansvarig.
broken-store = Det gick inte att spara, så det hände inte. Försök igen; om det fortsätter, säg till en licensansvarig.
broken-damaged = Ärendets uppgifter stämmer inte med granskningsspåret, så inget görs med det. Säg genast till en licensansvarig.
broken-race = Något annat hände i samma ögonblick. Titta på kortet som det är nu.
