# Short answers: refusals, apologies, choices.

refused-title = That did not work
already-title = You did this already
overtaken-title = Already decided
late-title = Too late
choose-title = Which one do you mean?
try-again = Something else happened at the same moment. Try again.
repeated = This was handled already.
person-unknown = Nobody here is called “{ $typed }”. Check the spelling, or use the full address.
person-unknown-suggest = Nobody here is called “{ $typed }”. Did you mean { $people }?
person-unknown-product = Nobody here is called “{ $typed }”, but a product is. Name the person first and then the product, as in: { $words }
person-needs-quotes = A name of several words stands in quotation marks. Did you mean { $line }?
person-several = Several people are called “{ $typed }”. Which one do you mean?
person-gone = This person is not in the directory any more.
product-understood = “{ $typed }” is taken as { $product }, the only product here with that in its name.
product-understood-or-app = “{ $typed }” is taken as { $product }, the only product here with that in its name. If you mean the app, it comes with { $products }.
product-several = “{ $typed }” can be several products. Which one do you mean?
product-not-owned = “{ $typed }” means { $products }, which the company does not own. See what it owns with: /license stock.
product-not-owned-suggest = “{ $typed }” means { $products }, which the company does not own. Did you mean { $suggestions }?
product-unknown = No product is called “{ $typed }”. See what the company owns with: /license stock.
product-unknown-app = No product is called “{ $typed }”, but an app that comes with { $products }.
product-unknown-suggest = No product is called “{ $typed }”. Did you mean { $suggestions }?
app-several = “{ $typed }” can be several apps of { $product }: { $apps }. Type the whole name.
app-not-switchable = “{ $typed }” belongs to the whole company and cannot be switched on or off for one person.
app-unknown = { $product } has no app called “{ $typed }”. See its apps with: /license stock { $name }
app-unknown-suggest = { $product } has no app called “{ $typed }”. Did you mean { $apps }?
apps-on-and-off = The same app cannot be switched both on and off. Name it once.
swap-same-product = The same product cannot be both assigned and unassigned. Name two different ones.
forbidden-by-policy = The policy does not allow you to ask for this. A license operator can tell you more.
rule-says = The rule says: { $words }
nobody-may-vote = Nobody may approve this now, so it cannot be asked for. Ask a license operator.
policy-denies-now = The policy does not allow this any more, so the request was denied.
started-over-route = The policy asks for other approvers now, so the approval begins again. They have been asked.
started-over-asked = Too few of those who were asked may still approve, so the approval begins again. Those who may approve now have been asked.
started-over-voter = Somebody who approved may not approve any more, so the approval begins again. The approvers have been asked.

recorded-title = Recorded
recorded-approved-waits = You approved { $request }; it waits for { $missing ->
    [one] one more vote
   *[other] { $missing } more votes
 }.
recorded-approved = You approved { $request }; it is now being carried out.
recorded-denied = You denied { $request }; whoever asked for it is told why.
recorded-cancelled = You cancelled { $request }.

request-unknown = There is no such request, or only the people involved may see more of it. See yours with: /license requests.
not-yours = Only the person who asked can confirm this.
cancel-not-yours = Only the person who asked, or a license operator, can cancel this.
click-stale = This changed since the button was shown. Look at the card as it is now.
asked-already = You have asked for this in { $request }. { $progress }
asked-by-another = The same is asked for in { $request } already. { $progress }
too-late = { $request }: { $progress }
late-try-again = { $request } changed at the same moment. { $progress } Try again.
reason-needed = Say why, in 1 to 500 characters; the person who asked will read it.
location-unknown = That is no country. Choose one from the list.
location-needed = Choose a usage location first; it decides which services are allowed, and is never guessed.
location-not-yours = You may not set the usage location. An approver chooses it.
vote-own-request = You asked for this, so somebody else has to decide.
vote-about-self = This is about you, so somebody else has to decide.
vote-twice = You have approved this already; it waits for others.
vote-earlier-stage = You approved an earlier step already, so somebody else takes this one.
vote-not-asked = You are not asked to decide this. { $people } can.

broken-title = Something broke
broken-passing = Microsoft 365 does not answer just now. Nothing was lost; try again in a minute.
broken-lasting = Microsoft 365 does not let this bot in. Nothing was changed; tell a license operator.
broken-store = This could not be written down, so it did not happen. Try again; if it stays so, tell a license operator.
broken-damaged = The records of this request do not match its audit trail, so nothing is done with it. Tell a license operator at once.
broken-race = Something else happened at the same moment. Look at the card as it is now.
