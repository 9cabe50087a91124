package dev.quire.server.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.model.json.Networks;
import dev.quire.server.http.Id;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import dev.quire.server.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** The models of the server: networks that were described, not yet trained. */
public final class Models {
    private static final int LONGEST_NAME = 200;
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    private final Jdbi jdbi;

    /**
     * A model.
     *
     * @param graph as it was sent
     */
    public record Model(String id, String name, String graph, Instant created) {}

    public Models(Store store) {
        this.jdbi = store.jdbi();
    }

    /**
     * Keeps a network.
     *
     * @param graph in one of the forms that {@link Networks} reads
     * @throws dev.quire.model.json.InvalidNetwork when something is wrong with it; names all of it
     * @throws Problem 400 when its name is too long
     */
    public Model create(ObjectNode graph) {
        String text = Json.text(graph);
        String own = Networks.read(text).name();
        String name = own.isEmpty() ? "model" : own;
        if (name.length() > LONGEST_NAME) {
            throw Problem.bad(
                    "the name has " + name.length() + " characters: " + SafeText.shown(name),
                    "use at most " + LONGEST_NAME);
        }
        return add(name, text);
    }

    /**
     * Keeps a network, which has been checked.
     *
     * @throws Problem 400 when its name holds what is no text, which databases refuse or change
     */
    public Model add(String name, String graph) {
        if (NO_TEXT.matcher(name).find()) {
            throw Problem.bad("the name of the model cannot be '" + SafeText.shown(name) + "'", "use plain text");
        }
        Model model = new Model(Id.fresh(), name, graph, Instant.now());
        jdbi.useHandle(handle -> handle.createUpdate(
                        "INSERT INTO models (id, name, graph, created) VALUES (:id, :name, :graph, :created)")
                .bind("id", model.id())
                .bind("name", name)
                .bind("graph", graph)
                .bind("created", model.created().toString())
                .execute());
        return model;
    }

    /** The newest first. */
    public List<Model> list(int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id, name, graph, created FROM models ORDER BY number DESC LIMIT :most")
                .bind("most", most)
                .map((row, context) -> model(row))
                .list());
    }

    /**
     * A model.
     *
     * @throws Problem 400 when it is no id, 404 when there is none
     */
    public Model find(String id) {
        Optional<Model> found =
                jdbi.withHandle(handle -> handle.createQuery("SELECT id, name, graph, created FROM models WHERE id=:id")
                        .bind("id", Id.of("model", id))
                        .map((row, context) -> model(row))
                        .findOne());
        return found.orElseThrow(() -> missing(id));
    }

    /** The newest of a name; empty where there is none. */
    public Optional<Model> newest(String name) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id, name, graph, created FROM models WHERE name=:name ORDER BY number DESC LIMIT 1")
                .bind("name", name)
                .map((row, context) -> model(row))
                .findOne());
    }

    /** Removes a model; jobs that were made of it keep their network. */
    public void delete(String id) {
        int gone = jdbi.withHandle(handle -> handle.createUpdate("DELETE FROM models WHERE id=:id")
                .bind("id", Id.of("model", id))
                .execute());
        if (gone == 0) {
            throw missing(id);
        }
    }

    private static Problem missing(String id) {
        return Problem.missing("there is no model " + id, "GET /v1/models lists them; it may have been deleted");
    }

    private static Model model(ResultSet row) throws SQLException {
        return new Model(
                row.getString("id"),
                row.getString("name"),
                row.getString("graph"),
                Instant.parse(row.getString("created")));
    }
}
