# What people ask to read: a person, the holders of a product, seats, requests, the rules behind a decision, help.

reading-more = { $count } more are not shown.

# A person
reading-own-title = What you hold
reading-person-title = What { $person } holds
reading-person-hidden = There is nobody called “{ $typed }” whose licenses you may see. Check the spelling, or ask a license operator.
reading-own-forbidden = The policy does not let you see what you hold. Ask a license operator.
reading-own-count = { $count ->
    [0] You hold no license.
    [one] You hold one license.
   *[other] You hold { $count } licenses.
 }
reading-person-count = { $count ->
    [0] { $person } holds no license.
    [one] { $person } holds one license.
   *[other] { $person } holds { $count } licenses.
 }
reading-blocked = Signing in is blocked for this account; its licenses are used up all the same.
reading-guest = This account is a guest.
reading-no-location = There is no usage location, so no license can be assigned until somebody sets one.
reading-account = Account
reading-direct = assigned directly
reading-inherited = inherited from { $groups }
reading-both = assigned directly and inherited from { $groups }
reading-without = { $held }, without { $apps }
reading-note = { $held }; { $note }
reading-not-in-force = not in force through { $group }: { $why }
reading-direct-not-in-force = the direct assignment is not in force: { $why }
reading-state-unknown = in a state that this bot does not know ({ $word })
reading-error-seats = no seat was free
reading-error-conflict = it conflicts with another license
reading-error-dependency = it needs an app that is not there
reading-error-location = it is not allowed in the usage location
reading-error-address = another account has one of the mail addresses
reading-error-other = Microsoft 365 reports an error ({ $word })
reading-under-way = Under way: { $request }
reading-under-way-more = { $count ->
    [one] One more request is under way than is shown.
   *[other] { $count } more requests are under way than are shown.
 }
reading-headline = { $headline } { $progress }

# Who holds a product
holders-title = Who holds { $product }
holders-forbidden = The policy does not let you see who holds a product. Ask a license operator.
holders-count = { $count ->
    [0] Nobody holds { $product }.
    [one] One person holds { $product }.
   *[other] { $count } people hold { $product }.
 }
holder = { $address }
holder-blocked = { $address }, sign-in blocked
holder-guest = { $address }, guest
holder-blocked-guest = { $address }, guest, sign-in blocked

# Seats
stock-title = What the company owns
stock-title-one = Seats of { $product }
stock-forbidden = The policy does not let you see the company's seats. Ask a license operator.
stock-count = { $count ->
    [0] The company owns no product.
    [one] The company owns one product.
   *[other] The company owns { $count } products.
 }
stock-how = For the apps of one of them, type /license stock and its name.
stock-seats = { $free } free of { $enabled }, { $consumed } in use
stock-note = { $seats }; { $note }
stock-over = { $count } more in use than paid for
stock-grace = { $count } in the grace period, not given out
stock-on-hold = { $count } suspended
stock-given-up = { $count } given up
stock-company = belongs to the whole company and is never assigned to people
stock-expired = the subscription has expired, and who holds it keeps it for now
stock-suspended = suspended, nothing new can be assigned until the subscription is renewed
stock-deleted = deleted, cannot be assigned any more
stock-locked-out = cancelled, cannot be assigned any more
stock-unknown-state = in a state that this bot does not know ({ $word }), not assigned
stock-apps = Apps
stock-company-apps = Apps for the whole company
stock-no-apps = none

# Requests
requests-title = Your license requests
requests-waiting = { $count ->
    [0] Nothing waits for your vote.
    [one] One request waits for your vote.
   *[other] { $count } requests wait for your vote.
 }
requests-open = { $count ->
    [0] Nothing that you asked for is open.
    [one] One request of yours is open.
   *[other] { $count } requests of yours are open.
 }
requests-drafts = { $count ->
    [one] One draft of yours waits for your Confirm.
   *[other] { $count } drafts of yours wait for your Confirm.
 }
requests-how = For one of them, type /license request and its ID.
requests-waits = { $request }, waits for you
requests-yours = { $request }, yours
requests-draft = { $request }, your draft
requests-ended = { $request }, ended
request-title = License request { $request }
request-can-confirm = Confirm it with the button on its own card, or take it back with: /license cancel { $request }
request-can-vote = You can decide it, with the buttons on your card or with /license approve { $request } or /license deny { $request } --reason and why not.
request-can-deny = It cannot be approved as it stands. You can deny it, with the button on your card or with /license deny { $request } --reason and why not.
request-can-cancel = You can take it back with: /license cancel { $request }
request-approved-by = Approved by
request-approved-so-far = Approved so far by

# What happened to a request
trail-at = { $at }
trail-earlier = Before
trail-earlier-count = { $count ->
    [one] one earlier step
   *[other] { $count } earlier steps
 }
trail-bot = licensebot
trail-command-line = An operator at the command line
trail-opened = { $who } asked for it.
trail-confirmed = { $who } confirmed it. Asked to approve: { $people }.
trail-confirmed-at-once = { $who } confirmed it. Nobody had to approve.
trail-location = { $who } chose the usage location { $location }.
trail-voted = { $who } approved it.
trail-voted-next = { $who } approved it. Asked next: { $people }.
trail-started-over-route = The policy wanted other approvers, so the approval began again. Asked to approve: { $people }.
trail-started-over-asked = Too few of those who were asked may still approve, so the approval began again. Asked to approve: { $people }.
trail-started-over-voter = Somebody who had approved may not approve any more, so the approval began again. Asked to approve: { $people }.
trail-denied = { $who } denied it.
trail-denied-by-policy = The policy did not allow it any more.
trail-cancelled = { $who } cancelled it.
trail-expired = Nobody decided in time.
trail-began = The change began.
trail-intended-licenses = The change of licenses was on its way to { tenant-within }.
trail-intended-location = The usage location { $location } was on its way to { tenant-within }.
trail-accepted = { tenant-first } accepted it.
trail-refused = { tenant-first } refused it.
trail-not-sent = { tenant-first } could not be reached.
trail-unknown = No clear answer came, so it was checked in { tenant-within }.
trail-shown = { tenant-first } showed it.
trail-put-back = { tenant-first } showed that nothing had changed; it is tried again.
trail-applied = { tenant-first } showed the change.
trail-failed = It did not work, and it was not tried again.
trail-needs-human = Nobody could tell whether the change was made, so the operators were told.
trail-resolved-applied = { $who } found that the change was made.
trail-resolved-not-applied = { $who } found that the change was not made.
trail-reason = { $what } Reason: { $reason }

# Why
why-title = Why { $request } goes the way it goes
why-change-title = What would happen
why-held-self = You hold { $product } already, so this explains giving it back.
why-held-other = { $subject } holds { $product } already, so this explains unassigning it.
why-asking-self = If you asked for yourself: { $change }.
why-asking-other = If you asked for { $subject }: { $change }.
why-nothing-asked = This only explains; nothing was asked for.
why-voted = Approved by { $approved }.
why-starts-over-route = The policy wants other approvers by now: the approval begins again with the next vote.
why-starts-over-asked = Too few of those who were asked may still approve: with their next click, those who may approve now are asked.
why-starts-over-voter = Somebody who approved may not approve any more: the approval begins again with the next vote.
why-denied-now = The policy does not allow it any more: it will be denied with the next vote.
why-person-gone = Somebody in it is not in the directory any more, so it cannot go on.

# Completing
complete-me = yourself
complete-seats = { $free } free of { $enabled }
