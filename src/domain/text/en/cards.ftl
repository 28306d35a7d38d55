# Cards of requests: titles, facts, buttons, where a request stands.

somebody-gone = somebody who is gone
some-group = a group
and-more = { $count } more

# Who asks for what
request-for-self = { $requester } asks for: { $change }.
request-for-other = { $requester } asks, for { $subject }: { $change }.
asked-assign = assign { $product }
asked-assign-without = assign { $product } without { $apps }
asked-replace = replace { $replaced } with { $product }
asked-replace-without = replace { $replaced } with { $product } without { $apps }
asked-unassign = unassign { $product }
asked-apps-on = switch on { $apps } in { $product }
asked-apps-off = switch off { $apps } in { $product }
swap-without-gap = Both happen in one step: there is no moment without a license.

# Titles
preflight-title = Your license request
preflight-stopped-title = This cannot be done as it stands
ballot-title = A license request waits for you
status-title = License request { $request }
outcome-title = License request { $request } has ended
notice-title = A license of yours is about to change ({ $request })
alarm-title = { $request } needs a license operator

# Facts
fact-request = Request
fact-requester = Asked by
fact-subject = For
fact-change = Change
fact-reason = Reason
fact-holds = Holds now
fact-holds-now = Holds now
fact-gains = Apps gained
fact-loses = Apps lost
fact-instead = Apps replaced
fact-off = Apps that are off
fact-location = Usage location
fact-seats = Seats
fact-approval = Approval
seats-left = { $product }: { $free ->
    [one] { $free } seat
   *[other] { $free } seats
 } free of { $enabled }
holds-nothing = nothing
holds-direct = { $product }
holds-inherited = { $product }, inherited from { $groups }
holds-both = { $product }, assigned directly and inherited from { $groups }
holds-with-off = { $held }, without { $apps }
app-instead = { $larger } instead of { $smaller }
stays-off = { $product }: { $apps }
location-missing = none
location-will-be-set = { $location } (will be set)

# What the policy asks for
outlook-at-once = Nobody has to approve; the change is made when you confirm.
outlook-one-stage = { $first } must approve.
outlook-stages = { $first } must approve, { $rest }.
outlook-then = then { $stage }
outlook-one-of = one of { $people }
outlook-some-of = { $quorum } of { $people }
outlook-the-other = the other one
outlook-somebody-else = somebody else of them
outlook-your-manager = { $manager }, your manager,
outlook-the-manager = { $manager }, the manager of { $subject },
outlook-you-have-no-manager = You have no manager here, so { $outlook }
outlook-no-manager = { $subject } has no manager, so { $outlook }
outlook-you-manage = You are the manager of { $subject } and ask for it yourself, so { $outlook }
outlook-requester-manages = { $requester } is the manager of { $subject } and asks for it, so { $outlook }
outlook-your-manager-cannot = Your manager cannot be asked, so { $outlook }
outlook-manager-cannot = The manager of { $subject } cannot be asked, so { $outlook }

# Where it stands
progress-draft = Not sent yet. Confirm before { $expires }, or it is forgotten.
progress-waiting = Waiting for approval by { $people } ({ $missing } needed).
progress-waiting-more = Approved by { $approved }. Waiting for { $people } ({ $missing } more needed).
progress-approved = Confirmed. The change is about to be made.
progress-approved-by = Approved by { $people }. The change is about to be made.
progress-again = Confirmed. { tenant-first } has not taken the change yet; it is tried again.
progress-again-by = Approved by { $people }. { tenant-first } has not taken the change yet; it is tried again.
progress-executing-by = Approved by { $people }. The change is being made.
progress-executing = The change is being made.
progress-verifying-by = Approved by { $people }. The change was sent and is now checked in { tenant-within }.
progress-verifying = The change was sent and is now checked in { tenant-within }.
progress-applied-by-word = Done: a license operator found that the change was made.
progress-applied = Done. { tenant-first } shows the change.
progress-applied-approved = Done, approved by { $people }. { tenant-first } shows the change.
progress-failed = It did not work, and it is not tried again.
progress-denied = Denied by { $by }.
progress-denied-by-policy = Denied: the policy does not allow it any more.
progress-cancelled = Cancelled by { $by }.
progress-expired = Its time ran out.
ask-again = Ask again if it is still needed.
progress-needs-human = Nobody knows whether the change was made. A license operator has to find out.
denial-reason = Reason: { $reason }

# Buttons and inputs
action-confirm = Confirm
action-cancel = Cancel
action-approve = Approve
action-deny = Deny
action-choose = Choose
input-usage-location = Usage location
input-reason = Reason
input-choice = Which one?

# Why it failed
failure-inherited = { $product } comes from a group by now, so it cannot be changed for this person alone. Ask whoever owns the group.
failure-not-held = The person does not hold { $product } any more, so there was nothing to change.
failure-nobody-may-vote = Nobody is left who may approve this. Ask a license operator.
failure-unreachable = { tenant-first } could not be reached for a long time; nothing was changed. Ask again later.
failure-settled = A license operator found that the change did not happen. Ask again if it is still needed.
failure-hidden = The approvers can see why. Ask them, or a license operator.
alarm-how = Look the person up in the admin center, then settle it with: licensebot request resolve { $request } --applied (or --not-applied) --reason "…"

# Findings before anybody decides
finding-inherited = { $subject } has { $product } through { $groups }, so it cannot be changed for one person alone. Ask the owner of the group to take { $subject } out of it.
finding-not-held = { $subject } does not hold { $product }, so neither it nor its apps can be changed. See what is held with: /license status.
finding-conflict = { $one } and { $other } cannot be on together. Unassign the other product, or leave one app off with --apps-off.
finding-dependency = { $count ->
    [one] { $app } needs { $needs }, which would not be on. Have it switched on or assigned too, or leave { $app } off.
   *[other] { $app } needs { $needs }, and none of these would be on. Have one of them switched on or assigned too, or leave { $app } off.
 }
finding-dependency-off = { $count ->
    [one] { $app } needs { $needs }, which would be off. To switch both off, name both.
   *[other] { $app } needs { $needs }, and all of these would be off. To switch off { $app } too, name it as well.
 }
finding-location-cannot-be-set = { $subject } has no usage location, and this bot may not set one. Set it in the admin center, then ask again.
finding-location-to-choose = { $subject } has no usage location yet. An approver or a license operator chooses it on their card; it is never guessed.
finding-already-so = Everything is already so for { $subject }; there is nothing to change.
finding-already-holds = { $subject } already holds { $products }; there is nothing to change.
finding-already-on = { $count ->
    [one] { $apps } is already on for { $subject } in { $product }; there is nothing to change.
   *[other] { $apps } are already on for { $subject } in { $product }; there is nothing to change.
 }
finding-already-off = { $count ->
    [one] { $apps } is already off for { $subject } in { $product }; there is nothing to change.
   *[other] { $apps } are already off for { $subject } in { $product }; there is nothing to change.
 }
finding-already-held = { $subject } already holds { $product }; that part changes nothing.
finding-gains-nothing = { $subject } has every app of { $products } already: nothing would be gained, and { $count ->
    [one] a seat
   *[other] { $count } seats
 } would be taken.
finding-mail-lost = The mailbox goes: mail is kept for 30 days after the change, then deleted for good.
finding-files-lost = OneDrive goes: files become read-only on day 60 and are archived on day 93.
finding-security-lost = { $count ->
    [one] This security app goes: { $apps }.
   *[other] These security apps go: { $apps }.
 }
finding-blocked = Signing in is blocked for { $subject }; a license is used up all the same.
finding-guest = { $subject } is a guest; what a license gives depends on the guest’s own company too.
finding-stays-inherited = { $product } stays, because it also comes from { $groups }; only the direct assignment goes.
finding-inherited-too = { $product } already comes from { $groups }; the direct assignment takes no second seat.
finding-last-seat = This is the last free seat of { $product }.
finding-not-for-users = { $product } belongs to the whole company and is never assigned to people. Choose another product.
finding-suspended = { $product } is suspended: nothing new can be assigned until the subscription is renewed. Ask a license operator.
finding-deleted = { $product } was deleted and cannot be assigned any more. Ask a license operator.
finding-locked-out = { $product } was cancelled and cannot be assigned any more. Ask a license operator.
finding-unknown-state = { $product } is in a state that this bot does not know, so it is not assigned. Ask a license operator.
finding-no-seat = No seat of { $product } is free: { $consumed } of { $enabled } are in use. Ask a license operator to free or buy one.
