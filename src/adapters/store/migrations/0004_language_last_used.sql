-- The language in which a person last wrote or clicked, for messages that nobody asked for.
CREATE TABLE language_last_used (
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    locale TEXT NOT NULL,
    PRIMARY KEY (tenant, person)
);
