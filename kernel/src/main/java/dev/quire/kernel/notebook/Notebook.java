package dev.quire.kernel.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A notebook in nbformat 4.5. What Quire does not know of is kept as it is. */
public final class Notebook {
    private static final int FORMAT = 4;
    private static final int MINOR = 5;

    private final ObjectNode root;

    private Notebook(ObjectNode root) {
        this.root = root;
    }

    /**
     * Reads a notebook of Java cells.
     *
     * @throws QuireException if the file is missing, unreadable, no notebook, or one of another language
     */
    public static Notebook read(Path file) {
        if (Files.isDirectory(file)) {
            throw new QuireException(file + " is a folder, not a notebook: name the .ipynb file");
        }
        try {
            return of(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new QuireException("there is no notebook " + file, e);
        } catch (CharacterCodingException e) {
            throw new QuireException(file + " is not a notebook: it is not UTF-8 text", e);
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e, e);
        }
    }

    /**
     * The notebook in a text.
     *
     * @param name what errors call it
     * @throws QuireException if the text is no notebook, or one of another language
     */
    public static Notebook of(String text, String name) {
        try {
            return of(NotebookJson.parse(text), name);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new QuireException(
                    name + " is not a notebook: invalid JSON in line " + at.getLineNr() + ", column " + at.getColumnNr()
                            + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    private static Notebook of(JsonNode json, String name) {
        if (!(json instanceof ObjectNode root) || !root.path("cells").isArray()) {
            String older = json.path("worksheets").isArray() ? " It is of format 3: save it with a newer Jupyter." : "";
            throw new QuireException(name + " is not a notebook of format 4: it has no \"cells\"." + older);
        }
        int format = root.path("nbformat").asInt();
        if (format != FORMAT) {
            throw new QuireException(
                    name + " is a notebook of format " + root.path("nbformat").asText("unknown")
                            + "; Quire reads format 4. Save it with a newer Jupyter.");
        }
        for (JsonNode cell : root.withArray("cells")) {
            if (!cell.isObject() || !cell.path("cell_type").isTextual()) {
                throw new QuireException(name + " is not a notebook: a cell has no \"cell_type\"");
            }
        }
        String kernel = root.at("/metadata/kernelspec/language").asText("");
        String language =
                kernel.isEmpty() ? root.at("/metadata/language_info/name").asText("java") : kernel;
        if (!language.toLowerCase(Locale.ROOT).equals("java")) {
            throw new QuireException(name + " is a notebook in " + language + "; Quire runs Java");
        }
        return new Notebook(root);
    }

    /** The text of each code cell that has one, in order. */
    public List<String> code() {
        return cells().stream()
                .filter(NotebookCell::isRunnable)
                .map(NotebookCell::source)
                .toList();
    }

    /** Removes the cells with a tag. */
    public void removeTagged(String tag) {
        removeIf(cell -> cell.hasTag(tag));
    }

    /** Removes the cells behind the last one with a tag; all stay where none has it. */
    public void endAfter(String tag) {
        List<NotebookCell> all = cells();
        int last = all.size() - 1;
        while (last >= 0 && !all.get(last).hasTag(tag)) {
            last--;
        }
        List<NotebookCell> behind = last < 0 ? List.of() : all.subList(last + 1, all.size());
        removeIf(behind::contains);
    }

    /** All cells, in order. */
    List<NotebookCell> cells() {
        List<NotebookCell> cells = new ArrayList<>();
        root.withArray("cells").forEach(cell -> cells.add(new NotebookCell((ObjectNode) cell)));
        return cells;
    }

    void insertAfter(NotebookCell place, NotebookCell added) {
        root.withArray("cells").insert(cells().indexOf(place) + 1, added.node());
    }

    void removeIf(java.util.function.Predicate<NotebookCell> condition) {
        List<NotebookCell> kept = cells().stream().filter(condition.negate()).toList();
        ArrayNode array = root.putArray("cells");
        kept.forEach(cell -> array.add(cell.node()));
    }

    /** Says in the notebook that Quire ran it, and brings it to nbformat 4.5, where each cell has an id. */
    void stamp() {
        root.put("nbformat", FORMAT);
        root.put("nbformat_minor", Math.max(MINOR, root.path("nbformat_minor").asInt()));
        ObjectNode metadata = root.withObjectProperty("metadata");
        metadata.putObject("kernelspec")
                .put("name", "quire")
                .put("display_name", "Quire (Java)")
                .put("language", "java");
        metadata.putObject("language_info")
                .put("name", "java")
                .put("mimetype", "text/x-java-source")
                .put("file_extension", ".java")
                .put("codemirror_mode", "text/x-java")
                .put("pygments_lexer", "java");
        Set<String> taken = new HashSet<>();
        for (NotebookCell cell : cells()) {
            cell.identify(taken);
        }
    }

    /** The notebook as it is written. */
    public String text() {
        return NotebookJson.write(root);
    }

    /**
     * Writes the notebook, or leaves the file as it was.
     *
     * @throws QuireException if the file cannot be written
     */
    public void write(Path file) {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path fresh = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
            try {
                Files.writeString(fresh, text());
                Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new QuireException(file + " cannot be written: " + e, e);
        }
    }
}
