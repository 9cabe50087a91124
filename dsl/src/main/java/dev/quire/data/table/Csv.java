package dev.quire.data.table;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.Origin;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CSV files. */
public final class Csv {
    /** Fewer rows than these are all for training. */
    private static final int ENOUGH_TO_HOLD_OUT = 5;

    private Csv() {}

    /**
     * A CSV file as a dataset: its columns are FLOAT32 features, numbers as they stand (see
     * {@link Dataset#normalize()}) and of text one for each category, its target is a class where it is text, else an amount to regress on. A fifth of the
     * rows, every class with its share, is the test split.
     *
     * @throws QuireException naming file, row and column of what cannot be read
     */
    public static Dataset read(Path file, CsvOption... options) {
        CsvSpec spec = CsvSpec.of(options);
        if (!Files.isRegularFile(file)) {
            throw new QuireException("no file " + file + ": looked for " + file.toAbsolutePath());
        }
        String name = String.valueOf(file.getFileName());
        try (Reader reader = Files.newBufferedReader(file)) {
            Table table = Table.read(name, reader, spec);
            String title = name.replaceFirst("\\.[^.]*$", "");
            Dataset data = spec.text()
                    .map(column -> table.texts(title, column, file.toString()))
                    .orElseGet(() -> table.dataset(title, new Field("features", DType.FLOAT32, Shape.of(table.width())))
                            .columns(table.columns())
                            .from(Origin.own(file.toString(), List.of())));
            return data.train().count() < ENOUGH_TO_HOLD_OUT ? data : data.split(0, spec.holdOut());
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
