# Ärendens kort: rubriker, fakta, knappar, hur långt ett ärende kommit.

somebody-gone = någon som inte finns kvar
some-group = en grupp
and-more = { $count } till

# Vem ber om vad
request-for-self = { $requester } ber om: { $change }.
request-for-other = { $requester } ber för { $subject }: { $change }.
asked-assign = tilldela { $product }
asked-assign-without = tilldela { $product } utan { $apps }
asked-unassign = ta bort { $product }
asked-apps-on = slå på { $apps } i { $product }
asked-apps-off = slå av { $apps } i { $product }

# Rubriker
preflight-title = Ditt licensärende
preflight-stopped-title = Det här går inte att göra som det är
ballot-title = Ett licensärende väntar på dig
status-title = Licensärende { $request }
outcome-title = Licensärende { $request } är avslutat
notice-title = En av dina licenser kommer att ändras ({ $request })
alarm-title = { $request } behöver en licensansvarig

# Fakta
fact-request = Ärende
fact-requester = Begärt av
fact-subject = För
fact-change = Ändring
fact-reason = Skäl
fact-holds = Har nu
fact-holds-now = Har nu
fact-gains = Appar som tillkommer
fact-loses = Appar som försvinner
fact-instead = Appar som byts ut
fact-off = Avstängda appar
fact-location = Användningsplats
fact-seats = Platser
fact-approval = Godkännande
seats-left = { $product }: { $free ->
    [one] { $free } plats ledig
   *[other] { $free } platser lediga
 } av { $enabled }
holds-nothing = ingenting
holds-direct = { $product }
holds-inherited = { $product }, ärvd från { $groups }
holds-both = { $product }, tilldelad direkt och ärvd från { $groups }
holds-with-off = { $held }, utan { $apps }
app-instead = { $larger } i stället för { $smaller }
stays-off = { $product }: { $apps }
location-missing = saknas
location-will-be-set = { $location } (sätts)

# Vad policyn kräver
outlook-at-once = Ingen behöver godkänna; det sker när du bekräftar.
outlook-one-stage = { $first } måste godkänna.
outlook-stages = { $first } måste godkänna, { $rest }.
outlook-then = därefter { $stage }
stage-all = alla av { $people }
stage-some-of = { $quorum } av { $people }

# Hur långt det kommit
progress-draft = Inte skickat än. Bekräfta före { $expires }, annars tas det bort.
progress-waiting = Väntar på godkännande av { $people } ({ $missing } behövs).
progress-waiting-more = Godkänt av { $approved }. Väntar på { $people } ({ $missing } till behövs).
progress-approved = Godkänt. Ändringen görs strax.
progress-approved-by = Godkänt av { $people }. Ändringen görs strax.
progress-again = Godkänt. Katalogen tog inte emot ändringen än; det görs ett nytt försök.
progress-executing-by = Godkänt av { $people }. Ändringen görs nu.
progress-executing = Ändringen görs nu.
progress-verifying-by = Godkänt av { $people }. Ändringen är skickad; katalogen läses tillbaka.
progress-verifying = Ändringen är skickad; katalogen läses tillbaka.
progress-applied = Klart. Microsoft 365 visar ändringen.
progress-applied-approved = Klart, godkänt av { $people }. Microsoft 365 visar ändringen.
progress-failed = Det gick inte; inget mer försöks.
progress-denied = Avslaget av { $by }.
progress-denied-by-policy = Avslaget: policyn tillåter det inte längre.
progress-cancelled = Avbrutet av { $by }.
progress-expired = Tiden gick ut. Begär igen om det fortfarande behövs.
progress-needs-human = Ingen vet om ändringen gjordes. En licensansvarig måste titta.
denial-reason = Skäl: { $reason }

# Knappar och fält
action-confirm = Bekräfta
action-cancel = Avbryt
action-approve = Godkänn
action-deny = Avslå
action-choose = Välj
input-usage-location = Användningsplats
input-reason = Skäl
input-choice = Vilken?

# Varför det inte gick
failure-inherited = { $product } kommer numera från en grupp och kan inte ändras på personen. Fråga den som äger gruppen.
failure-not-held = { $product } finns inte längre på personen, så det fanns inget att ändra.
failure-nobody-may-vote = Det finns ingen kvar som får godkänna det här. Fråga en licensansvarig.
failure-unreachable = Katalogen gick inte att nå på länge; inget ändrades. Begär igen senare.
failure-settled = En licensansvarig såg att ändringen inte gjordes. Begär igen om den fortfarande behövs.
failure-hidden = De som godkänner kan se varför. Fråga dem eller en licensansvarig.
alarm-how = Slå upp personen i administrationscentret och avgör sedan med: licensebot request resolve { $request } --applied (eller --not-applied) --reason "…"

# Fynd innan någon bestämmer
finding-inherited = { $product } är ärvd från { $groups } och kan inte ändras på personen. Be gruppens ägare att ta bort personen ur den.
finding-not-held = { $product } finns inte på personen och kan därför inte tas bort eller ändras. Se vad som finns med: /license status.
finding-conflict = { $one } och { $other } kan inte vara på samtidigt. Ta bort den andra produkten, eller lämna en app avslagen med --apps-off.
finding-dependency = { $app } behöver { $needs }, som skulle vara avslagen. Låt den vara på, eller slå av { $app } också.
finding-location-cannot-be-set = Personen har ingen användningsplats, och den här boten får inte sätta någon. Sätt den i administrationscentret och begär igen.
finding-location-to-choose = Det finns ingen användningsplats än. Någon som får det väljer en på kortet; den gissas aldrig.
finding-already-so = Allt är redan som önskat; det finns inget att ändra.
finding-already-held = { $product } finns redan; den delen ändrar ingenting.
finding-mail-lost = Brevlådan försvinner: e-posten sparas i 30 dagar efter ändringen och raderas sedan för gott.
finding-files-lost = OneDrive försvinner: filerna blir skrivskyddade dag 60 och arkiveras dag 93.
finding-security-lost = Dessa säkerhetsappar försvinner: { $apps }.
finding-blocked = Inloggningen är spärrad för det här kontot; licensen skulle ändå förbrukas.
finding-guest = Det här kontot är en gäst; vad en licens ger beror också på gästens eget företag.
finding-stays-inherited = { $product } blir kvar, eftersom { $groups } också ger den; bara den direkta tilldelningen försvinner.
finding-inherited-too = { $groups } ger redan { $product }; den direkta tilldelningen tar ingen plats till.
finding-last-seat = Det här är den sista lediga platsen för { $product }.
finding-not-for-users = { $product } hör till hela företaget och tilldelas aldrig personer. Välj en annan produkt.
finding-suspended = { $product } är pausad: inget nytt kan tilldelas förrän abonnemanget förnyas. Fråga en licensansvarig.
finding-deleted = { $product } är borttagen och kan inte tilldelas längre. Fråga en licensansvarig.
finding-locked-out = { $product } är uppsagd och kan inte tilldelas längre. Fråga en licensansvarig.
finding-unknown-state = { $product } är i ett läge som den här boten inte känner till och tilldelas därför inte. Fråga en licensansvarig.
finding-no-seat = Ingen plats för { $product } är ledig: { $consumed } av { $enabled } används. Be en licensansvarig att frigöra eller köpa en.
