# Kort om begäranden: rubriker, fakta, knappar, hur långt en begäran har kommit.

somebody-gone = någon som inte finns kvar
some-group = en grupp
and-more = { $count } till

# Vem begär vad
request-for-self = { $requester } begär: { $change }.
request-for-other = { $requester } begär för { $subject }: { $change }.
asked-assign = tilldela { $product }
asked-assign-without = tilldela { $product } utan { $apps }
asked-replace = byta { $replaced } mot { $product }
asked-replace-without = byta { $replaced } mot { $product } utan { $apps }
asked-unassign = ta bort { $product }
asked-apps-on = slå på { $apps } i { $product }
asked-apps-off = stänga av { $apps } i { $product }
swap-without-gap = Allt sker i ett steg: det finns ingen stund utan licens.

# Rubriker
preflight-title = Din licensbegäran
preflight-stopped-title = Det här går inte att göra som det är
ballot-title = En licensbegäran väntar på dig
status-title = Licensbegäran { $request }
outcome-title = Licensbegäran { $request } är avslutad
notice-title = En av dina licenser kommer att ändras ({ $request })
alarm-title = { $request } behöver en licensansvarig

# Fakta
fact-request = Begäran
fact-requester = Begärd av
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
fact-seats = Licenser
fact-approval = Godkännande
seats-left = { $product }: { $free ->
    [one] { $free } ledig licens
   *[other] { $free } lediga licenser
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
outlook-at-once = Ingen behöver godkänna; ändringen görs när du bekräftar.
outlook-one-stage = { $first } måste godkänna.
outlook-stages = { $first } måste godkänna, { $rest }.
outlook-then = därefter { $stage }
outlook-one-of = en av { $people }
outlook-some-of = { $quorum } av { $people }
outlook-the-other = den andra av dem
outlook-somebody-else = någon annan av dem
outlook-your-manager = { $manager }, din chef,
outlook-the-manager = { $manager }, chef för { $subject },
outlook-you-have-no-manager = Du har ingen chef här, så { $outlook }
outlook-no-manager = { $subject } har ingen chef, så { $outlook }
outlook-you-manage = Du är chef för { $subject } och begär det själv, så { $outlook }
outlook-requester-manages = { $requester } är chef för { $subject } och begär det, så { $outlook }
outlook-your-manager-cannot = Din chef kan inte tillfrågas, så { $outlook }
outlook-manager-cannot = Chefen för { $subject } kan inte tillfrågas, så { $outlook }

# Hur långt det kommit
progress-draft = Inte skickad än. Bekräfta före { $expires }, annars tas den bort.
progress-waiting = Väntar på godkännande av { $people } ({ $missing } behövs).
progress-waiting-more = Godkänd av { $approved }. Väntar på { $people } ({ $missing } till behövs).
progress-approved = Bekräftad. Ändringen görs strax.
progress-approved-by = Godkänd av { $people }. Ändringen görs strax.
progress-again = Bekräftad. { tenant-first } har inte tagit emot ändringen än; ett nytt försök görs.
progress-again-by = Godkänd av { $people }. { tenant-first } har inte tagit emot ändringen än; ett nytt försök görs.
progress-executing-by = Godkänd av { $people }. Ändringen görs nu.
progress-executing = Ändringen görs nu.
progress-verifying-by = Godkänd av { $people }. Ändringen är skickad och kontrolleras nu i { tenant-within }.
progress-verifying = Ändringen är skickad och kontrolleras nu i { tenant-within }.
progress-applied-by-word = Klar: en licensansvarig fann att ändringen gjordes.
progress-applied = Klar. { tenant-first } visar ändringen.
progress-applied-approved = Klar, godkänd av { $people }. { tenant-first } visar ändringen.
progress-failed = Det gick inte, och inget nytt försök görs.
progress-denied = Avslagen av { $by }.
progress-denied-by-policy = Avslagen: policyn tillåter den inte längre.
progress-cancelled = Avbruten av { $by }.
progress-expired = Tiden gick ut.
ask-again = Begär igen om det fortfarande behövs.
progress-needs-human = Ingen vet om ändringen gjordes. En licensansvarig måste ta reda på det.
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
failure-inherited = { $product } kommer numera från en grupp och kan inte ändras för bara den här personen. Fråga den som äger gruppen.
failure-not-held = Personen har inte { $product } längre, så det fanns inget att ändra.
failure-nobody-may-vote = Det finns ingen kvar som får godkänna det här. Fråga en licensansvarig.
failure-unreachable = { tenant-first } gick inte att nå på länge; inget ändrades. Begär igen senare.
failure-settled = En licensansvarig såg att ändringen inte gjordes. Begär igen om den fortfarande behövs.
failure-hidden = De som godkänner kan se varför. Fråga dem eller en licensansvarig.
alarm-how = Slå upp personen i administrationscentret och avgör det sedan med: licensebot request resolve { $request } --applied (eller --not-applied) --reason "…"

# Fynd innan någon bestämmer
finding-inherited = { $subject } har { $product } genom { $groups }, så den kan inte ändras för bara en person. Be gruppens ägare ta { $subject } ur gruppen.
finding-not-held = { $subject } har inte { $product }, så varken den eller dess appar kan ändras. Se vad som finns med: /license status.
finding-conflict = { $one } och { $other } kan inte vara på samtidigt. Ta bort den andra produkten, eller låt en av apparna vara avstängd med --apps-off.
finding-dependency = { $count ->
    [one] { $app } behöver { $needs }, som inte skulle vara på. Be om att den slås på eller tilldelas också, eller låt { $app } vara avstängd.
   *[other] { $app } behöver { $needs }, och ingen av dem skulle vara på. Be om att en av dem slås på eller tilldelas också, eller låt { $app } vara avstängd.
 }
finding-dependency-off = { $count ->
    [one] { $app } behöver { $needs }, som skulle vara avstängd. Ange båda för att stänga av båda.
   *[other] { $app } behöver { $needs }, och alla dessa skulle vara avstängda. Ange { $app } också för att stänga av den med.
 }
finding-location-cannot-be-set = { $subject } har ingen användningsplats, och den här boten får inte sätta någon. Sätt den i administrationscentret och begär igen.
finding-location-to-choose = { $subject } har ingen användningsplats än. En godkännare eller en licensansvarig väljer den på sitt kort; den gissas aldrig.
finding-already-so = För { $subject } är allt redan så; det finns inget att ändra.
finding-already-holds = { $subject } har redan { $products }; det finns inget att ändra.
finding-already-on = { $count ->
    [one] { $apps } är redan på för { $subject } i { $product }; det finns inget att ändra.
   *[other] { $apps } är redan på för { $subject } i { $product }; det finns inget att ändra.
 }
finding-already-off = { $count ->
    [one] { $apps } är redan avstängd för { $subject } i { $product }; det finns inget att ändra.
   *[other] { $apps } är redan avstängda för { $subject } i { $product }; det finns inget att ändra.
 }
finding-already-held = { $subject } har redan { $product }; den delen ändrar ingenting.
finding-gains-nothing = { $subject } har redan alla appar i { $products }: inget skulle tillkomma, men { $count ->
    [one] en licens
   *[other] { $count } licenser
 } skulle gå åt.
finding-mail-lost = Postlådan försvinner: e-posten sparas i 30 dagar efter ändringen och raderas sedan för gott.
finding-files-lost = OneDrive försvinner: filerna blir skrivskyddade dag 60 och arkiveras dag 93.
finding-security-lost = { $count ->
    [one] Den här säkerhetsappen försvinner: { $apps }.
   *[other] De här säkerhetsapparna försvinner: { $apps }.
 }
finding-blocked = Inloggningen är spärrad för { $subject }; en licens förbrukas ändå.
finding-guest = { $subject } är en gäst; vad en licens ger beror också på gästens eget företag.
finding-stays-inherited = { $product } blir kvar, eftersom den också kommer från { $groups }; bara den direkta tilldelningen försvinner.
finding-inherited-too = { $product } kommer redan från { $groups }; den direkta tilldelningen förbrukar ingen licens till.
finding-last-seat = Det här är den sista lediga licensen för { $product }.
finding-not-for-users = { $product } hör till hela företaget och tilldelas aldrig en enda person. Välj en annan produkt.
finding-suspended = { $product } är pausad: inget nytt kan tilldelas förrän abonnemanget förnyas. Fråga en licensansvarig.
finding-deleted = { $product } är borttagen och kan inte tilldelas längre. Fråga en licensansvarig.
finding-locked-out = { $product } är uppsagd och kan inte tilldelas längre. Fråga en licensansvarig.
finding-unknown-state = { $product } är i ett läge som den här boten inte känner till och tilldelas därför inte. Fråga en licensansvarig.
finding-no-seat = Ingen licens för { $product } är ledig: { $consumed } av { $enabled } används. Be en licensansvarig frigöra eller köpa en.
