package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.table.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is asked of runs, such as {@code accuracy > 0.98 and state = 'completed'}. */
sealed interface Condition {
    /** The columns of text; {@code started} is one, as {@code 2026-01-31T12:00:00Z}. */
    Set<String> WORDS = Set.of("name", "started", "state", "data", "model", "device", "sentence");

    /** The columns of numbers that every run has. */
    Set<String> NUMBERS = Set.of("epochs", "seconds");

    boolean test(RunRow row);

    /** Adds this condition, and the values that stand for its question marks. */
    void write(StringBuilder sql, List<Object> values);

    /** Both, or one of two. */
    record Pair(Condition left, Condition right, boolean both) implements Condition {
        @Override
        public boolean test(RunRow row) {
            return both ? left.test(row) && right.test(row) : left.test(row) || right.test(row);
        }

        @Override
        public void write(StringBuilder sql, List<Object> values) {
            sql.append('(');
            left.write(sql, values);
            sql.append(both ? " AND " : " OR ");
            right.write(sql, values);
            sql.append(')');
        }
    }

    /** How two values compare. */
    enum Comparison {
        EQUAL("="),
        DIFFERENT("<>"),
        AT_MOST("<="),
        AT_LEAST(">="),
        LESS("<"),
        MORE(">");

        private final String sql;

        Comparison(String sql) {
            this.sql = sql;
        }

        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case DIFFERENT -> order != 0;
                case AT_MOST -> order <= 0;
                case AT_LEAST -> order >= 0;
                case LESS -> order < 0;
                case MORE -> order > 0;
            };
        }
    }

    /** A column of text beside a text. */
    record Words(String column, Comparison comparison, String value) implements Condition {
        @Override
        public boolean test(RunRow row) {
            return comparison.holds(String.valueOf(Condition.value(row, column)).compareTo(value));
        }

        @Override
        public void write(StringBuilder sql, List<Object> values) {
            sql.append("r.").append(column).append(comparison.sql).append('?');
            values.add(value);
        }
    }

    /** A figure beside a number; false where it was not measured. */
    record Numbers(String column, Comparison comparison, double value) implements Condition {
        @Override
        public boolean test(RunRow row) {
            return Condition.value(row, column) instanceof Double number
                    && comparison.holds(Double.compare(number, value));
        }

        @Override
        public void write(StringBuilder sql, List<Object> values) {
            number(column, sql, values);
            sql.append(comparison.sql).append('?');
            values.add(value);
        }
    }

    /** The value of a column: text, a number, or {@code ""} where it was not measured. */
    static Comparable<?> value(RunRow row, String column) {
        return switch (column) {
            case "name" -> row.name();
            case "started" -> row.started().map(Object::toString).orElse("");
            case "state" -> row.state();
            case "data" -> row.data();
            case "model" -> row.model();
            case "device" -> row.device();
            case "sentence" -> row.sentence();
            case "epochs" -> (double) row.epochs();
            case "seconds" -> row.seconds();
            default -> {
                double figure = row.figure(column);
                yield Double.isNaN(figure) ? "" : (Comparable<?>) figure;
            }
        };
    }

    /** The column as SQL: a figure of the validation where there is one. */
    static void number(String column, StringBuilder sql, List<Object> values) {
        if (NUMBERS.contains(column)) {
            sql.append("r.").append(column);
            return;
        }
        sql.append("coalesce(");
        String[] names = RunRow.names(column);
        for (int i = 0; i < names.length; i++) {
            sql.append(i == 0 ? "" : ",")
                    .append(
                            "(SELECT value FROM figures WHERE metric=(SELECT id FROM metrics WHERE name=?) AND run=r.id)");
            values.add(names[i]);
        }
        sql.append(')');
    }

    /**
     * Reads an expression.
     *
     * @param figures the names of the figures there are, without {@code val_}
     * @throws QuireException where it cannot be understood
     */
    static Condition parse(String text, List<String> figures) {
        return new ConditionReader(text, figures).read();
    }

    /**
     * Checks that there is such a column.
     *
     * @param where the call, for the message
     * @throws QuireException when there is none; the nearest names are offered
     */
    static void checkColumn(String column, List<String> figures, String where) {
        if (WORDS.contains(column) || NUMBERS.contains(column) || figures.contains(column)) {
            return;
        }
        List<String> all = new ArrayList<>(figures);
        WORDS.stream().sorted().forEach(all::add);
        NUMBERS.stream().sorted().forEach(all::add);
        throw new QuireException(
                where + ": no run has a " + column + Nearest.of(column, all, ", did you mean", "; there are"));
    }
}
