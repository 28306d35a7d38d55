# What the demo's chat says itself.
console-rehearsal = REHEARSAL: { $title }
console-fact = { $name }: { $value }
console-actions = You can: { $actions }.
console-action-with = { $action } ({ $inputs })
console-input-of = { $input }: { $choices }
console-refused = That did not work
console-not-visible = This message is not for you, so its buttons are not either. See what waits for you with: /license requests.
console-input-missing = “{ $input }” is still empty. Fill it in, then choose “{ $action }” again.
console-input-surplus = “{ $action }” does not ask for “{ $input }”. Leave it out, then choose “{ $action }” again.
console-choice-unknown = That is none of the choices. Choose one from the list.
console-recorded-title = Recorded
console-recorded = What you chose for { $request } is recorded and stands, but its card could not be changed yet. The card follows by itself; see where the request stands with: /license request { $request }.

# Errors of the API.
console-malformed = This call is malformed: { $detail }. See docs/demo-api.md.
console-malformed-json = the body is no JSON object of the right shape
console-malformed-kind = the header “Content-Type” must be “application/json”
console-malformed-field = “{ $field }” is no field of this call
console-malformed-query = a value in the address is missing or wrong
console-malformed-place = “place” must be “channel” or “direct”
console-malformed-locale = “locale” must be “en” or “sv”
console-malformed-input = “inputs” holds something that no card asks for
console-malformed-advance = “advance” must be a time from a second to a year, such as “20m” or “3d”
console-too-long = A message has at most { $max } characters. Shorten it and send it again.
console-too-large = This call is too large. Send less than { $max } KiB.
console-address-too-long = This address is too long. Send less than { $max } KiB.
console-unknown-person = Nobody here has that name. See who there is with: GET /api/demo/people.
console-unknown-message = There is no such message. Read the messages again.
console-unknown-action = This message has no such action. Read the messages again.
console-unknown-path = There is nothing at this address. See docs/demo-api.md.
console-wrong-method = This address does not take such a call. See docs/demo-api.md.
console-foreign-host = The demo answers calls from this machine only. Use http://127.0.0.1 or http://localhost.
console-clock-stuck = The clock could not be moved, because the sandbox does not answer. Check that it runs, then try again.
console-broken = The chat cannot be read or written just now. Check that the disk is not full, then try again.
console-not-shown = What you chose for { $request } is recorded and stands; only the chat cannot be written just now. Check that the disk is not full, then see where it stands with: /license request { $request }.
