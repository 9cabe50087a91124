package dev.quire.server.deploy;

import dev.quire.server.store.Store;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Deployments in the database: their names and versions. Whether one runs is not kept: after a restart none does. */
final class DeploymentStore {
    private final Jdbi jdbi;

    DeploymentStore(Store store) {
        this.jdbi = store.jdbi();
    }

    /** A version as it is kept. */
    record Version(int number, Source source, Instant created) {}

    /** All, oldest first, with their versions. */
    Map<String, List<Version>> all() {
        Map<String, List<Version>> out = new LinkedHashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(
                        "SELECT deployment, version, kind, source, created FROM deployment_versions ORDER BY number")
                .map((row, context) -> {
                    Source source = new Source(
                            Source.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                            row.getString("source"));
                    Version version =
                            new Version(row.getInt("version"), source, Instant.parse(row.getString("created")));
                    return out.computeIfAbsent(row.getString("deployment"), name -> new java.util.ArrayList<>())
                            .add(version);
                })
                .list());
        return out;
    }

    void add(String deployment, Version version) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "INSERT INTO deployment_versions"
                                + " (deployment, version, kind, source, created) VALUES (:name, :version, :kind, :source, :now)")
                .bind("name", deployment)
                .bind("version", version.number())
                .bind("kind", version.source().kind().word())
                .bind("source", version.source().name())
                .bind("now", version.created().toString())
                .execute());
    }

    void delete(String deployment) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM deployment_versions WHERE deployment=:name")
                .bind("name", deployment)
                .execute());
    }
}
