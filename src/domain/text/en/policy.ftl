# What the policy says, and why.
policy-name = “{ $name }”

# What changes, as part of a sentence.
policy-assigning = assigning { $product } to { $subject }
policy-unassigning = unassigning { $product } from { $subject }
policy-switching-on = switching on { $app } in { $product } for { $subject }
policy-switching-off = switching off { $app } in { $product } for { $subject }
policy-setting-location = setting the usage location of { $subject }

# Yes.
policy-permitted = For { $element }, { $count ->
    [one] the rule { $rules } takes the route { $route }.
   *[other] the rules { $rules } take the route { $route }.
}
policy-permitted-at-once = For { $element }, { $count ->
    [one] the rule { $rules } wants nobody’s approval ({ $route }).
   *[other] the rules { $rules } want nobody’s approval ({ $route }).
}
policy-route = The strictest route counts: { $route }, { $steps ->
    [one] one step.
   *[other] { $steps } steps.
}
policy-nobody-approves = Nobody has to approve it.
policy-taken = { $count ->
    [one] The rule { $rules } sent this request on the route { $route }.
   *[other] The rules { $rules } sent this request on the route { $route }.
}
policy-taken-at-once = { $count ->
    [one] The rule { $rules } wanted nobody’s approval for this request ({ $route }).
   *[other] The rules { $rules } wanted nobody’s approval for this request ({ $route }).
}

# No.
policy-forbidden = This is not allowed: the rule { $rule } forbids it.
policy-forbidden-because = This is not allowed: the rule { $rule } forbids it. { $reason }
policy-nothing-permits = This is not allowed: no rule lets { $requester } ask for { $element }.
policy-nothing-permits-reading = This is not allowed: no rule lets { $reader } see it.
policy-rule-failed = The rule { $rule } could not be evaluated, and until it is corrected nothing is allowed that it is about.
policy-nothing-asked = Nothing would change, so there is nothing to allow.
policy-unaskable = The question could not be put to the policy, so the answer is no.
policy-ask-an-operator = If it is needed all the same, ask a license operator.
policy-no-exception = Nobody can make an exception while the policy forbids it. If it is needed all the same, the administrator of licensebot has to change the policy.
policy-tell-the-administrator = Please tell the administrator of licensebot.

# Who decides.
policy-approvers-manager = the manager of { $subject }
policy-approvers-group = the members of { $group }
policy-approvers-people = { $people }
policy-stage-open = Step { $step } of { $steps }: { $people } may vote, and { $missing ->
    [one] one vote is wanted.
   *[other] { $missing } votes are wanted.
}
policy-stage-fallback = Step { $step } of { $steps }: { $people } may vote instead of { $approvers }, and { $missing ->
    [one] one vote is wanted.
   *[other] { $missing } votes are wanted.
}
policy-stage-passed = Step { $step } of { $steps }: passed with the votes of { $people }.
policy-stage-nobody = Step { $step } of { $steps }: { $why }
policy-nobody-may-vote = Nobody can approve this: { $wanted ->
    [one] one vote
   *[other] { $wanted } votes
} of { $approvers } would be needed, and { $eligible ->
    [0] none of them may vote.
    [one] only one person may vote.
   *[other] only { $eligible } people may vote.
} Requester and subject never do, nor do guests and blocked accounts. Ask a license operator.
policy-nobody-may-vote-either = Nobody can approve this: { $wanted ->
    [one] one vote
   *[other] { $wanted } votes
} of { $approvers } or of { $fallback } would be needed, and { $eligible ->
    [0] none of them may vote.
    [one] only one person may vote.
   *[other] only { $eligible } people may vote.
} Requester and subject never do, nor do guests and blocked accounts. Ask a license operator.
policy-group-missing = Nobody can approve this: the directory does not know the group { $group } that the route asks. Please tell the administrator of licensebot.

# Why not you.
policy-vote-own-request = You asked for this yourself, so somebody else has to decide on it.
policy-vote-is-subject = This is for you, so somebody else has to decide on it.
policy-vote-already = You have voted in this step already; now the others are asked.
policy-vote-not-asked = You are not among the people who are asked to decide on this.
