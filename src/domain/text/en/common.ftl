# Words used everywhere.
list-and-time = { $people } at { $at }
yes = yes
no = no
