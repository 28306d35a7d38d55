# Help, around what the files in commands/ say.
help-license = Ask for, approve and look up Microsoft 365 licenses
help-title = What you can type
help-title-command = Help for /license { $verb }
help-usage = How to type it
help-arguments = What goes in
help-examples = Examples
help-optional = may be left out
help-more = For more about one command, type /license help and its name.
help-words = A person is @name, a full name in quotation marks, a user principal name, an object ID, or “me”. Names of several words stand in quotation marks, and several products are separated by commas. Capitals do not matter, and where the bot reads messages, /license may be left out.
help-generated = This file is generated from commands/*.toml.
help-word-person = WHO
help-word-products = PRODUCT…
help-word-apps = APPS
help-word-request = R-…
help-word-text = TEXT
help-word-verb = VERB
