# Ord som används överallt.
list-and-time = { $people } kl. { $at }
said-as-is = { $value }
yes = ja
no = nej
