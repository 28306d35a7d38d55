# Vad demons chatt själv säger.
console-rehearsal = ÖVNING: { $title }
console-fact = { $name }: { $value }
console-actions = Du kan välja: { $actions }.
console-action-with = { $action } ({ $inputs })
console-input-of = { $input }: { $choices }
console-refused = Det gick inte
console-not-visible = Meddelandet är inte till dig, och det är inte dess knappar heller. Se vad som väntar på dig med: /license requests.
console-input-missing = ”{ $input }” är fortfarande tomt. Fyll i det och välj sedan ”{ $action }” igen.
console-input-surplus = ”{ $action }” frågar inte efter ”{ $input }”. Utelämna det och välj sedan ”{ $action }” igen.
console-choice-unknown = Det är inget av alternativen. Välj ett ur listan.
console-recorded-title = Noterat
console-recorded = Ditt val för { $request } är noterat och gäller, men kortet kunde inte ändras än. Kortet uppdateras av sig självt; se hur långt begäran har kommit med: /license request { $request }.

# Fel i API:et.
console-malformed = Anropet är felaktigt: { $detail }. Se docs/demo-api.md.
console-malformed-json = innehållet är inget JSON-objekt av rätt form
console-malformed-kind = rubriken ”Content-Type” måste vara ”application/json”
console-malformed-field = ”{ $field }” är inget fält i det här anropet
console-malformed-query = ett värde i adressen saknas eller är fel
console-malformed-place = ”place” måste vara ”channel” eller ”direct”
console-malformed-locale = ”locale” måste vara ”en” eller ”sv”
console-malformed-input = ”inputs” innehåller något som inget kort frågar efter
console-malformed-advance = ”advance” måste vara en tid från en sekund till ett år, till exempel ”20m” eller ”3d”
console-too-long = Ett meddelande har högst { $max } tecken. Korta det och skicka det igen.
console-too-large = Anropet är för stort. Skicka mindre än { $max } KiB.
console-address-too-long = Adressen är för lång. Skicka mindre än { $max } KiB.
console-unknown-person = Ingen här heter så. Se vilka som finns med: GET /api/demo/people.
console-unknown-message = Meddelandet finns inte. Läs meddelandena igen.
console-unknown-action = Meddelandet har ingen sådan knapp. Läs meddelandena igen.
console-unknown-path = Det finns inget på den här adressen. Se docs/demo-api.md.
console-wrong-method = Adressen tar inte emot ett sådant anrop. Se docs/demo-api.md.
console-foreign-host = Demon svarar bara på anrop från den här datorn. Använd http://127.0.0.1 eller http://localhost.
console-clock-stuck = Klockan kunde inte flyttas, eftersom sandlådan inte svarar. Se efter att den kör och försök igen.
console-broken = Chatten kan inte läsas eller skrivas just nu. Se efter att disken inte är full och försök igen.
console-not-shown = Ditt val för { $request } är noterat och gäller; det är bara chatten som inte kan skrivas just nu. Se efter att disken inte är full, och sedan hur långt begäran har kommit med: /license request { $request }.
