# What Microsoft says no with, and what to do about it. One sentence each.
refusal-usage-location = Microsoft assigns licenses only to people with a valid usage location, and this person has none: ask again and choose the country on the card.
refusal-no-seats = No seat of { $product } is free: ask a license operator to buy or free one, then ask again.
refusal-not-owned = The company does not own { $product }: look at the stock and ask for a product that it owns.
refusal-not-for-people =
    { $known ->
        [no] One of the products belongs to the company as a whole and never to a person: choose a product for people.
       *[other] { $product } belongs to the company as a whole and never to a person: choose a product for people.
    }
refusal-conflict =
    { $count ->
        [0] Some of the apps cannot be on together: ask again with one of them switched off.
       *[other] { $apps } cannot be on together: ask again with one of them switched off.
    }
refusal-dependency =
    { $count ->
        [0] { $app } works only together with another app that would be off: leave that one on, or switch { $app } off as well.
        [1] { $app } works only together with { $needs }: leave that one on, or switch { $app } off as well.
       *[other] { $app } works only together with one of { $needs }: leave one of them on, or switch { $app } off as well.
    }
refusal-some-dependency = One of the apps works only together with another app that would be off: ask again with fewer apps off.
refusal-address-in-use = Another account already has one of this person's mail addresses: ask an administrator to remove it there, then ask again.
refusal-not-held = The person does not hold the license that was to be changed: look at what they hold, then ask again.
refusal-inherited = The license comes from a group and cannot be taken from the person alone: ask an administrator to take the person out of the group.
refusal-app-not-in-product = An app that was to be off is not part of the product: look at the product's apps, then ask again.
refusal-person-gone = The person is no longer in the directory: check who was meant, and ask again if it is somebody else.
refusal-not-permitted = Microsoft does not let the bot change this, because it lacks a permission or because an employee bought the product on their own: tell an administrator.
refusal-other = Microsoft refused the change ({ $code }): tell a license operator, who finds Microsoft's own words in the log.
refusal-some-product = one of the products
