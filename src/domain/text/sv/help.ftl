# Hjälp, kring det som filerna i commands/ säger.
help-license = Be om, godkänn och slå upp Microsoft 365-licenser
help-title = Det här kan du skriva
help-title-command = Hjälp för /license { $verb }
help-usage = Så skrivs det
help-arguments = Vad som anges
help-examples = Exempel
help-optional = kan utelämnas
help-more = Skriv /license help och ett kommandos namn för att läsa mer om det.
help-words = En person anges med @namn, fullt namn inom citattecken, UPN, objekt-ID eller ”mig”. Namn med flera ord står inom citattecken, och flera produkter åtskiljs med kommatecken. Stora och små bokstäver spelar ingen roll, och där boten läser meddelanden kan /license utelämnas.
help-generated = Den här filen genereras från commands/*.toml.
help-word-person = VEM
help-word-products = PRODUKT…
help-word-apps = APPAR
help-word-request = R-…
help-word-text = TEXT
help-word-verb = KOMMANDO
