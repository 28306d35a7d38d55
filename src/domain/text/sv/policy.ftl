# Vad policyn säger, och varför.
policy-name = ”{ $name }”

# Vad som ändras, som del av en mening.
policy-assigning = att tilldela { $subject } { $product }
policy-unassigning = att ta bort { $product } från { $subject }
policy-switching-on = att slå på { $app } i { $product } för { $subject }
policy-switching-off = att stänga av { $app } i { $product } för { $subject }
policy-setting-location = att ange användningsplats för { $subject }

# Ja.
policy-permitted = För { $element } gäller { $count ->
    [one] regeln { $rules }, som tar beslutsvägen { $route }.
   *[other] reglerna { $rules }, som tar beslutsvägen { $route }.
}
policy-permitted-at-once = För { $element } gäller { $count ->
    [one] regeln { $rules }, som inte kräver någons godkännande ({ $route }).
   *[other] reglerna { $rules }, som inte kräver någons godkännande ({ $route }).
}
policy-route = Den strängaste beslutsvägen gäller: { $route }, { $steps ->
    [one] ett steg.
   *[other] { $steps } steg.
}
policy-nobody-approves = Ingen behöver godkänna det.
policy-taken = { $count ->
    [one] Regeln { $rules } gav den här begäran beslutsvägen { $route }.
   *[other] Reglerna { $rules } gav den här begäran beslutsvägen { $route }.
}
policy-taken-at-once = { $count ->
    [one] Regeln { $rules } krävde inte någons godkännande för den här begäran ({ $route }).
   *[other] Reglerna { $rules } krävde inte någons godkännande för den här begäran ({ $route }).
}

# Nej.
policy-forbidden = Det är inte tillåtet: regeln { $rule } förbjuder det.
policy-forbidden-because = Det är inte tillåtet: regeln { $rule } förbjuder det. { $reason }
policy-nothing-permits = Det är inte tillåtet: ingen regel låter { $requester } begära { $element }.
policy-nothing-permits-reading = Det är inte tillåtet: ingen regel låter { $reader } se det.
policy-rule-failed = Regeln { $rule } gick inte att utvärdera, och tills den är rättad tillåts inget som den handlar om.
policy-nothing-asked = Inget skulle ändras, så det finns inget att tillåta.
policy-unaskable = Frågan gick inte att ställa till policyn, så svaret är nej.
policy-ask-an-operator = Fråga en licensansvarig om det behövs ändå.
policy-no-exception = Ingen kan göra undantag så länge policyn förbjuder det. Om det behövs ändå måste den som sköter licensebot ändra policyn.
policy-tell-the-administrator = Säg till den som sköter licensebot.

# Vem som beslutar.
policy-approvers-manager = chefen för { $subject }
policy-approvers-group = medlemmarna i { $group }
policy-approvers-people = { $people }
policy-stage-open = Steg { $step } av { $steps }: { $people } får rösta, och { $missing ->
    [one] en röst behövs.
   *[other] { $missing } röster behövs.
}
policy-stage-fallback = Steg { $step } av { $steps }: { $people } får rösta i stället för { $approvers }, och { $missing ->
    [one] en röst behövs.
   *[other] { $missing } röster behövs.
}
policy-stage-passed = Steg { $step } av { $steps }: klart med röster från { $people }.
policy-stage-nobody = Steg { $step } av { $steps }: { $why }
policy-nobody-may-vote = Ingen kan godkänna det här: { $wanted ->
    [one] en röst
   *[other] { $wanted } röster
} från { $approvers } skulle behövas, och { $eligible ->
    [0] ingen av dem får rösta.
    [one] bara en person får rösta.
   *[other] bara { $eligible } personer får rösta.
} Den som begär och den som det gäller röstar aldrig, inte heller gäster och spärrade konton. Fråga en licensansvarig.
policy-nobody-may-vote-either = Ingen kan godkänna det här: { $wanted ->
    [one] en röst
   *[other] { $wanted } röster
} från { $approvers } eller från { $fallback } skulle behövas, och { $eligible ->
    [0] ingen av dem får rösta.
    [one] bara en person får rösta.
   *[other] bara { $eligible } personer får rösta.
} Den som begär och den som det gäller röstar aldrig, inte heller gäster och spärrade konton. Fråga en licensansvarig.
policy-group-missing = Ingen kan godkänna det här: katalogen känner inte till gruppen { $group } som beslutsvägen frågar. Säg till den som sköter licensebot.

# Varför inte du.
policy-vote-own-request = Du har själv begärt det här, så någon annan måste besluta om det.
policy-vote-is-subject = Det här gäller dig, så någon annan måste besluta om det.
policy-vote-already = Du har redan röstat i det här steget; nu frågas de andra.
policy-vote-not-asked = Du är inte en av dem som får besluta om det här.
