# Words used everywhere.
list-and-time = { $people } at { $at }
said-as-is = { $value }
yes = yes
no = no
