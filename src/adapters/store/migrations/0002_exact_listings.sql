-- Every list that people can ask for has an index that holds nothing else, so that none of them is looked for among others.

DROP INDEX request_in_state;
DROP INDEX request_by_requester;

CREATE INDEX request_open_by ON request (tenant, requester, opened_at, id)
    WHERE state NOT IN ('applied', 'failed', 'denied', 'cancelled', 'expired');
CREATE INDEX request_ended_by ON request (tenant, requester, opened_at, id)
    WHERE state IN ('applied', 'failed', 'denied', 'cancelled', 'expired');
CREATE INDEX request_under_way ON request (tenant, subject, opened_at, id)
    WHERE state IN ('awaiting_approval', 'approved', 'executing', 'verifying', 'needs_human');

-- Whose vote a request waits for. Repeats what the body says; `audit verify` compares them.
CREATE TABLE awaited_vote (
    tenant    TEXT   NOT NULL,
    request   TEXT   NOT NULL,
    person    TEXT   NOT NULL,
    opened_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, request, person),
    FOREIGN KEY (tenant, request) REFERENCES request (tenant, id)
);

CREATE INDEX awaited_vote_of ON awaited_vote (tenant, person, opened_at, request);

INSERT INTO awaited_vote (tenant, request, person, opened_at)
SELECT r.tenant, r.id, asked.value, r.opened_at
FROM request r, json_each(r.body, '$.state.approval.asked') asked
WHERE r.state = 'awaiting_approval'
  AND asked.value NOT IN (r.requester, r.subject)
  AND NOT EXISTS (
      SELECT 1 FROM json_each(r.body, '$.state.approval.votes') vote
      WHERE json_extract(vote.value, '$.by') = asked.value
        AND json_extract(vote.value, '$.stage') = json_extract(r.body, '$.state.approval.stage')
  );
