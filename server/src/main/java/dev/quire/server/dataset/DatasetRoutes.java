package dev.quire.server.dataset;

import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Field;
import dev.quire.data.Part;
import dev.quire.data.Progress;
import dev.quire.data.Split;
import dev.quire.server.http.Body;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Refused;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.SafeText;
import dev.quire.server.http.Schema;
import dev.quire.server.infer.Form;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Datasets: list, describe, preview, upload, delete. */
public final class DatasetRoutes implements Routes {
    private static final int MOST_SHOWN = 100;
    private static final String DATA_URL = "data:image/png;base64,";

    private final Shelf shelf;
    private final Path incoming;

    /**
     * A dataset in a list.
     *
     * @param origin {@code known}, {@code uploaded} or {@code folder}
     */
    record View(String name, String origin) {
        static View of(Shelf.Entry entry) {
            return new View(entry.name(), entry.origin().name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * What is known of a dataset.
     *
     * @param summary in a line
     * @param classes by number; empty for regression
     * @param splits name to number of examples
     * @param inputs name to element type and shape
     * @param target element type and shape
     */
    record Description(
            String name,
            String origin,
            String summary,
            List<String> classes,
            Map<String, Long> splits,
            Map<String, String> inputs,
            String target,
            String source,
            String licence) {}

    /**
     * An example.
     *
     * @param label its class or amount
     * @param image a picture as a data URL, where it is one
     * @param text what stands in it, where it is none
     */
    record Shown(
            long index,
            @Nullable String label,
            @Nullable String image,
            @Nullable String text) {}

    /** Some examples of a split. */
    record Preview(String name, String split, List<Shown> examples) {}

    /**
     * @param incoming a folder on the same disk as uploads, for what is being taken in
     */
    public DatasetRoutes(Shelf shelf, Path incoming) {
        this.shelf = shelf;
        this.incoming = incoming;
    }

    @Override
    public String group() {
        return "datasets";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/v1/datasets", "Lists datasets: known ones, uploads, and folders of the data root")
                        .answers(200, Schema.listOf(View.class))
                        .by(context -> context.json(
                                shelf.entries().stream().map(View::of).toList())),
                Route.post("/v1/datasets", "Uploads a ZIP of class folders, or a CSV file")
                        .query("name", Route.Parameter.Kind.STRING, "its name; that of the file unless said")
                        .takes(Schema.form(Map.of("file", true, "name", false)))
                        .takes(Schema.bytes("application/zip"))
                        .takes(Schema.text("text/csv"))
                        .answers(201, Schema.of(Description.class))
                        .by(this::upload),
                Route.get("/v1/datasets/{name}", "Describes a dataset, which is read for it")
                        .answers(200, Schema.of(Description.class))
                        .by(context -> context.json(describe(shelf.entry(context.pathParam("name"))))),
                Route.get("/v1/datasets/{name}/preview", "Shows some training examples")
                        .query("num", Route.Parameter.Kind.INTEGER, "so many, 12 unless said")
                        .answers(200, Schema.of(Preview.class))
                        .by(this::preview),
                Route.delete("/v1/datasets/{name}", "Removes an upload")
                        .answers(204)
                        .by(context -> {
                            shelf.delete(context.pathParam("name"));
                            context.status(204);
                        }));
    }

    private Description describe(Shelf.Entry entry) {
        Dataset data = shelf.load(entry.name(), Progress.silent());
        Map<String, Long> splits = new LinkedHashMap<>();
        data.splits().forEach((split, examples) -> splits.put(split.name().toLowerCase(Locale.ROOT), examples.count()));
        Map<String, String> inputs = new LinkedHashMap<>();
        data.inputs().forEach(field -> inputs.put(field.name(), words(field)));
        return new Description(
                entry.name(),
                View.of(entry).origin(),
                data.describe(),
                data.classes(),
                splits,
                inputs,
                words(data.target()),
                entry.origin() == Shelf.Origin.KNOWN ? data.origin().source() : "",
                data.origin().licence());
    }

    private static String words(Field field) {
        return field.type().name().toLowerCase(Locale.ROOT) + " " + field.shape();
    }

    private void preview(Context context) throws IOException {
        int count = Body.number(context, "num", 12, 1, MOST_SHOWN);
        Dataset data = shelf.load(context.pathParam("name"), Progress.silent());
        Part part = data.part(Split.TRAIN);
        long shown = Math.min(count, part.count());
        List<Shown> out = new ArrayList<>();
        for (long i = 0; i < shown; i++) {
            long index = i * part.count() / shown;
            out.add(shown(index, part.example(index)));
        }
        context.json(new Preview(data.name(), "train", out));
    }

    private static Shown shown(long index, Example example) throws IOException {
        String label = example.isLabelled() ? example.label() : null;
        if (!example.isImage()) {
            return new Shown(index, label, null, example.text());
        }
        BufferedImage image = example.image();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return new Shown(index, label, DATA_URL + Base64.getEncoder().encodeToString(out.toByteArray()), null);
    }

    private void upload(Context context) throws IOException {
        Files.createDirectories(incoming);
        Path folder = Files.createTempDirectory(incoming, "upload");
        try {
            Path file = folder.resolve("incoming");
            String type = Optional.ofNullable(context.contentType())
                    .orElse("")
                    .replaceAll(";.*", "")
                    .strip();
            Optional<String> asked = Optional.ofNullable(context.queryParam("name"));
            Shelf.Entry entry = switch (type) {
                case "multipart/form-data" -> form(context, asked, file);
                case "application/zip", "text/csv" -> {
                    String name = asked.orElseThrow(() -> Problem.bad("the upload has no name", "add ?name=NAME"));
                    try (InputStream in = context.bodyInputStream()) {
                        Files.copy(in, file);
                    }
                    yield shelf.add(name, type.endsWith("zip") ? Shelf.ZIP : Shelf.CSV, file);
                }
                default ->
                    throw new Problem(
                            415,
                            "the upload is " + (type.isEmpty() ? "of no type" : SafeText.shown(type)),
                            "send application/zip, text/csv, or a form with a file");
            };
            context.status(201).json(describe(entry));
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static @Nullable UploadedFile file(Context context) {
        try {
            return context.uploadedFile("file");
        } catch (Exception failure) {
            throw Refused.in(failure).orElseGet(() -> Form.refused(failure, Form.MOST_PARTS));
        }
    }

    private Shelf.Entry form(Context context, Optional<String> asked, Path file) throws IOException {
        UploadedFile sent = file(context);
        if (sent == null) {
            throw Problem.bad("the form has no field 'file'", "send the ZIP or CSV in it");
        }
        String ending = sent.filename().toLowerCase(Locale.ROOT).endsWith(Shelf.CSV) ? Shelf.CSV : Shelf.ZIP;
        String name = asked.or(() -> Optional.ofNullable(context.formParam("name")))
                .orElseGet(() -> sent.filename().replaceFirst("\\.[^.]*$", ""));
        try (InputStream in = sent.content()) {
            Files.copy(in, file);
        }
        return shelf.add(name, ending, file);
    }
}
