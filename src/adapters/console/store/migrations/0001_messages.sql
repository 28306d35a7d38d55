CREATE TABLE message (
    -- Order of creation. Never used again, so that "after this one" always means the same.
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    -- Place of the last creation or change among all of them.
    change INTEGER NOT NULL UNIQUE,
    room TEXT NOT NULL CHECK (room IN ('channel', 'direct')),
    -- The only person who sees it.
    viewer TEXT,
    -- The person who typed it; NULL: the bot.
    author TEXT,
    line TEXT,
    card TEXT,
    request TEXT,
    -- Does it ask for a vote?
    asks INTEGER NOT NULL,
    at TEXT NOT NULL,
    CHECK ((line IS NULL) <> (card IS NULL)),
    CHECK (room = 'channel' OR viewer IS NOT NULL)
) STRICT;

CREATE INDEX message_by_viewer ON message (viewer, seq);
CREATE INDEX message_that_asks ON message (viewer) WHERE asks = 1;
