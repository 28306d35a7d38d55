# Ord som används överallt.
list-and-time = { $people } kl. { $at }
said-as-is = { $value }
yes = ja
no = nej
# Vems svar det är; om det är en övning följer med kortet.
tenant-first = { $rehearsal ->
    [1] Övningstenanten
   *[other] Microsoft 365
 }
tenant-within = { $rehearsal ->
    [1] övningstenanten
   *[other] Microsoft 365
 }
