# Ord som används överallt.
list-and-time = { $people } kl. { $at }
yes = ja
no = nej
