package dev.quire.data.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.quire.QuireException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The fields of a CSV file as they stand.
 *
 * @param file the name for messages
 * @param columns the column names; their numbers from 1 where there is no header
 * @param rows the rows below the header
 */
record Rows(String file, List<String> columns, List<Row> rows) {
    /**
     * One row.
     *
     * @param number the line it starts on, from 1: what an editor shows
     */
    record Row(long number, List<String> fields) {
        String field(int column) {
            return fields.get(column).strip();
        }
    }

    static Rows read(String file, Reader reader, CsvSpec spec) {
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(spec.separator())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(reader)) {
            csv.forEach(line -> rows.add(new Row(line.getStartingLineNumber(), line.getFields())));
        } catch (CsvParseException e) {
            throw new QuireException(
                    file + ", after row "
                            + (rows.isEmpty() ? 0 : rows.get(rows.size() - 1).number()) + ": " + e.getMessage()
                            + ": is a quote missing?",
                    e);
        } catch (UncheckedIOException | IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage() + ": is it text in UTF-8?", e);
        }
        return of(file, rows, spec);
    }

    private static Rows of(String file, List<Row> rows, CsvSpec spec) {
        if (rows.isEmpty()) {
            throw new QuireException(file + " is empty: a table needs at least one row");
        }
        Row first = rows.get(0);
        boolean header = switch (spec.header()) {
            case YES -> true;
            case NO -> false;
            case FOUND -> first.fields().stream().noneMatch(Table::isNumber);
        };
        List<String> columns = header
                ? first.fields().stream()
                        .map(name -> (name.startsWith("\ufeff") ? name.substring(1) : name).strip())
                        .toList()
                : IntStream.rangeClosed(1, first.fields().size())
                        .mapToObj(Integer::toString)
                        .toList();
        List<Row> body = header ? rows.subList(1, rows.size()) : rows;
        if (body.isEmpty()) {
            throw new QuireException(file + " has a header and no rows: a table needs at least one row");
        }
        for (Row row : body) {
            if (row.fields().size() != columns.size()) {
                throw new QuireException("%s, row %,d: %d fields, the %s %d: %s"
                        .formatted(
                                file,
                                row.number(),
                                row.fields().size(),
                                header ? "header has" : "first row has",
                                columns.size(),
                                "correct the row, or say what stands between fields with separator(';')"));
            }
        }
        return new Rows(file, columns, body);
    }

    /** The place of a column. */
    int column(String name) {
        int at = columns.indexOf(name);
        if (at < 0) {
            throw new QuireException("%s has no column '%s': %s"
                    .formatted(file, name, Nearest.of(name, columns, "did you mean", "its columns are")));
        }
        return at;
    }
}
