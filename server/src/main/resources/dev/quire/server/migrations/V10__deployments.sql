CREATE TABLE deployment_versions (
    number     ${number},
    deployment TEXT NOT NULL,
    version    INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    source     TEXT NOT NULL,
    created    TEXT NOT NULL,
    UNIQUE (deployment, version)
);
