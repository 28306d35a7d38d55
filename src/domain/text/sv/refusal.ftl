# Vad Microsoft säger nej med, och vad man gör åt det. En mening var.
refusal-usage-location = Microsoft tilldelar licenser bara till personer med en giltig användningsplats, och den här personen har ingen: begär igen och välj landet på kortet.
refusal-no-seats = Ingen licens för { $product } är ledig: be en licensansvarig köpa eller frigöra en, och begär sedan igen.
refusal-not-owned = Företaget äger inte { $product }: se vad företaget äger och begär en av de produkterna.
refusal-not-for-people =
    { $known ->
        [no] En av produkterna hör till företaget som helhet och aldrig till en person: välj en produkt för personer.
       *[other] { $product } hör till företaget som helhet och aldrig till en person: välj en produkt för personer.
    }
refusal-conflict =
    { $count ->
        [0] Några av apparna kan inte vara på samtidigt: begär igen med en av dem avstängd.
       *[other] { $apps } kan inte vara på samtidigt: begär igen med en av dem avstängd.
    }
refusal-dependency =
    { $count ->
        [0] { $app } fungerar bara tillsammans med en annan app som skulle vara avstängd: låt den vara på, eller stäng av { $app } också.
        [1] { $app } fungerar bara tillsammans med { $needs }: låt den vara på, eller stäng av { $app } också.
       *[other] { $app } fungerar bara tillsammans med en av { $needs }: låt en av dem vara på, eller stäng av { $app } också.
    }
refusal-some-dependency = En av apparna fungerar bara tillsammans med en annan app som skulle vara avstängd: begär igen med färre appar avstängda.
refusal-address-in-use = Ett annat konto har redan en av personens e-postadresser: be en administratör ta bort den där, och begär sedan igen.
refusal-not-held = Personen har inte licensen som skulle ändras: titta på vad personen har, och begär sedan igen.
refusal-inherited = Licensen kommer från en grupp och kan inte tas bort för bara den här personen: be en administratör ta personen ur gruppen.
refusal-app-not-in-product = En app som skulle vara avstängd ingår inte i produkten: titta på produktens appar, och begär sedan igen.
refusal-person-gone = Personen finns inte längre i katalogen: kontrollera vem som menades, och begär igen om det är någon annan.
refusal-not-permitted = Microsoft låter inte boten ändra detta, för att den saknar en behörighet eller för att en anställd har köpt produkten på egen hand: säg till en administratör.
refusal-other = Microsoft avvisade ändringen ({ $code }): säg till en licensansvarig, som hittar Microsofts egna ord i loggen.
refusal-some-product = en av produkterna
