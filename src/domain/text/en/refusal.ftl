# What Microsoft says no with, and what to do about it. One sentence each.
refusal-usage-location = Microsoft assigns licenses only to people with a valid usage location, and { $subject } has none: ask again and choose the country on the card.
refusal-no-seats = No seat of { $product } is free: ask a license operator to buy or free one, then ask again.
refusal-not-owned = The company does not own { $product }: look at the stock and ask for a product that it owns.
refusal-not-for-people = Microsoft does not assign { $product } to people, because it belongs to the company as a whole: choose a product for people.
refusal-conflict =
    { $count ->
        [0] Some of the apps of { $products } cannot be on together: ask again with one of them switched off.
       *[other] { $apps } cannot be on together: ask again with one of them switched off.
    }
refusal-dependency =
    { $count ->
        [0] { $app } works only together with another app that would be off: leave that one on, or switch { $app } off as well.
        [1] { $app } works only together with { $needs }: leave that one on, or switch { $app } off as well.
       *[other] { $app } works only together with one of { $needs }: leave one of them on, or switch { $app } off as well.
    }
refusal-some-dependency = One of the apps of { $products } works only together with another app that would be off: ask again with fewer apps off.
refusal-address-in-use = Another account already has one of the mail addresses of { $subject }: ask an administrator to remove it there, then ask again.
refusal-not-held = { $subject } does not hold { $product } directly: see what is held with /license status, then ask again.
refusal-inherited = { $subject } has { $product } through a group, so it cannot be taken from one person alone: ask the owner of the group to take { $subject } out of it.
refusal-app-not-in-product = An app that was to be off is not part of { $product }: see its apps with /license stock and its name, then ask again.
refusal-person-gone = { $subject } is no longer in the directory: check who was meant, and ask again if it is somebody else.
refusal-not-permitted = Microsoft does not let the bot change { $products } for { $subject }, because the bot lacks a permission or because an employee bought the product on their own: tell an administrator.
refusal-other = Microsoft refused to change { $products } for { $subject } ({ $code }): tell a license operator, who finds Microsoft's own words in the log.
refusal-one-of = one of { $products }
