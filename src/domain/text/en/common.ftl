# Words used everywhere.
list-and-time = { $people } at { $at }
said-as-is = { $value }
yes = yes
no = no
# Whose answers these are; whether it is a rehearsal comes with the card.
tenant-first = { $rehearsal ->
    [1] The rehearsal tenant
   *[other] Microsoft 365
 }
tenant-within = { $rehearsal ->
    [1] the rehearsal tenant
   *[other] Microsoft 365
 }
