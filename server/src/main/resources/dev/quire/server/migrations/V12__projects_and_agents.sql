CREATE TABLE projects (
    number      ${number},
    id          TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL UNIQUE,
    description TEXT,
    created     TEXT NOT NULL
);

CREATE TABLE configurations (
    number        ${number},
    id            TEXT NOT NULL UNIQUE,
    project       TEXT NOT NULL,
    name          TEXT NOT NULL,
    experiment    TEXT,
    dataset       TEXT NOT NULL,
    network       TEXT NOT NULL,
    model_id      TEXT,
    configuration TEXT NOT NULL,
    created       TEXT NOT NULL,
    UNIQUE (project, name)
);

CREATE TABLE configuration_jobs (
    number        ${number},
    configuration TEXT NOT NULL,
    job           TEXT NOT NULL UNIQUE,
    run           TEXT
);

CREATE INDEX configuration_jobs_by_configuration ON configuration_jobs (configuration, number);

CREATE TABLE agents (
    number  ${number},
    id      TEXT NOT NULL UNIQUE,
    seen    TEXT NOT NULL,
    machine TEXT NOT NULL
);
