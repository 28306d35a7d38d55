# Vad Microsoft säger nej med, och vad man gör åt det. En mening var.
refusal-usage-location = Microsoft tilldelar licenser bara till personer med en giltig användningsplats, och { $subject } har ingen: begär igen och välj landet på kortet.
refusal-no-seats = Ingen licens för { $product } är ledig: be en licensansvarig köpa eller frigöra en, och begär sedan igen.
refusal-not-owned = Företaget äger inte { $product }: se vad företaget äger och begär en av de produkterna.
refusal-not-for-people = Microsoft tilldelar inte { $product } till personer, för att den hör till företaget som helhet: välj en produkt för personer.
refusal-conflict =
    { $count ->
        [0] Några av apparna i { $products } kan inte vara på samtidigt: begär igen med en av dem avstängd.
       *[other] { $apps } kan inte vara på samtidigt: begär igen med en av dem avstängd.
    }
refusal-dependency =
    { $count ->
        [0] { $app } fungerar bara tillsammans med en annan app som skulle vara avstängd: låt den vara på, eller stäng av { $app } också.
        [1] { $app } fungerar bara tillsammans med { $needs }: låt den vara på, eller stäng av { $app } också.
       *[other] { $app } fungerar bara tillsammans med en av { $needs }: låt en av dem vara på, eller stäng av { $app } också.
    }
refusal-some-dependency = En av apparna i { $products } fungerar bara tillsammans med en annan app som skulle vara avstängd: begär igen med färre appar avstängda.
refusal-address-in-use = Ett annat konto har redan en av e-postadresserna för { $subject }: be en administratör ta bort den där, och begär sedan igen.
refusal-not-held = { $subject } har inte { $product } direkt: se med /license status vad som finns, och begär sedan igen.
refusal-inherited = { $subject } har { $product } genom en grupp, så den kan inte tas bort för bara en person: be gruppens ägare ta { $subject } ur den.
refusal-app-not-in-product = En app som skulle vara avstängd ingår inte i { $product }: se apparna med /license stock och dess namn, och begär sedan igen.
refusal-person-gone = { $subject } finns inte längre i katalogen: kontrollera vem som menades, och begär igen om det är någon annan.
refusal-not-permitted = Microsoft låter inte boten ändra { $products } för { $subject }, för att boten saknar en behörighet eller för att en anställd har köpt produkten på egen hand: säg till en administratör.
refusal-other = Microsoft avvisade ändringen av { $products } för { $subject } ({ $code }): säg till en licensansvarig, som hittar Microsofts egna ord i loggen.
refusal-one-of = en av { $products }
