CREATE TABLE models (
    number  ${number},
    id      TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    graph   TEXT NOT NULL,
    created TEXT NOT NULL
);

CREATE TABLE jobs (
    number        ${number},
    id            TEXT NOT NULL UNIQUE,
    state         TEXT NOT NULL,
    network       TEXT NOT NULL,
    model_id      TEXT,
    dataset       TEXT NOT NULL,
    configuration TEXT NOT NULL,
    name          TEXT,
    run           TEXT,
    agent         TEXT,
    stop_wanted   INTEGER NOT NULL DEFAULT 0,
    created       TEXT NOT NULL,
    started       TEXT,
    ended         TEXT,
    detail        TEXT
);

CREATE INDEX jobs_by_state ON jobs (state, number);
