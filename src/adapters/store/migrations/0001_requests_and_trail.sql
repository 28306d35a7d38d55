-- Requests, their sealed trail, and the work and cards they cause. Only TEXT and BIGINT; instants are microseconds since 1970,
-- UTC. One process serves one tenant, and its id is part of every key.

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- The columns beside the body repeat what it says, for the indexes; `audit verify` compares them.
CREATE TABLE request (
    tenant    TEXT   NOT NULL,
    id        TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    state     TEXT   NOT NULL,
    subject   TEXT   NOT NULL,
    requester TEXT   NOT NULL,
    opened_at BIGINT NOT NULL,
    body      TEXT   NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- The lane: never two unresolved writes on one person.
CREATE UNIQUE INDEX request_lane ON request (tenant, subject) WHERE state IN ('executing', 'verifying', 'needs_human');
CREATE INDEX request_in_state ON request (tenant, state, opened_at, id);
CREATE INDEX request_by_requester ON request (tenant, requester, opened_at, id);

-- `record` is the exact text that `seal` covers, together with `previous` and `seq`.
CREATE TABLE audit (
    tenant   TEXT   NOT NULL,
    seq      BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    request  TEXT,
    record   TEXT   NOT NULL,
    previous TEXT   NOT NULL,
    seal     TEXT   NOT NULL,
    PRIMARY KEY (tenant, seq)
);

CREATE INDEX audit_of_request ON audit (tenant, request, seq);

-- Against slips. Against intent stand the seals.
CREATE TRIGGER audit_keeps_what_it_says BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;

CREATE TRIGGER audit_keeps_what_it_has BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;

-- Where the trail ends, sealed by itself: a shorter trail has no valid one.
CREATE TABLE audit_head (
    tenant TEXT   NOT NULL PRIMARY KEY,
    seq    BIGINT NOT NULL,
    seal   TEXT   NOT NULL,
    proof  TEXT   NOT NULL
);

-- What people wrote. Rows can be deleted without breaking the trail, which holds only the salted hash.
CREATE TABLE private_text (
    tenant    TEXT NOT NULL,
    reference TEXT NOT NULL,
    salt      TEXT NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (tenant, reference)
);

CREATE TABLE policy_text (
    tenant TEXT NOT NULL,
    hash   TEXT NOT NULL,
    texts  TEXT NOT NULL,
    PRIMARY KEY (tenant, hash)
);

CREATE TABLE task (
    tenant   TEXT   NOT NULL,
    work     TEXT   NOT NULL,
    due      BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    PRIMARY KEY (tenant, work)
);

CREATE INDEX task_due ON task (tenant, due, work);

-- `caused_by` and `place_in_unit` keep the order in which cards were caused: by the version of the request, then within it.
CREATE TABLE posted_card (
    tenant        TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    request       TEXT   NOT NULL,
    caused_by     BIGINT NOT NULL,
    place_in_unit BIGINT NOT NULL,
    view          TEXT   NOT NULL,
    addressee     TEXT   NOT NULL,
    locale        TEXT   NOT NULL,
    delivery      TEXT   NOT NULL,
    message       TEXT,
    rendered      BIGINT NOT NULL,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, request) REFERENCES request (tenant, id)
);

CREATE INDEX posted_card_of_request ON posted_card (tenant, request, caused_by, place_in_unit);

-- Deliveries of the platforms, so that a second one of the same changes nothing.
CREATE TABLE delivery (
    tenant TEXT   NOT NULL,
    id     TEXT   NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (tenant, id)
);
