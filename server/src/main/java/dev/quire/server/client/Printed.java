package dev.quire.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Jobs as lines of a terminal: an epoch a line, and the step below it where a line can be drawn over. */
public final class Printed implements Watch.Told {
    private static final int ID = 8;

    private final PrintStream out;
    private final boolean isInteractive;
    private final boolean isColoured;
    private final int columns;
    private boolean hasStep;

    /** Colours, as terminals number them. */
    private enum Colour {
        NONE(""),
        FAINT("2"),
        HEADING("1;36"),
        GOOD("32"),
        WARNING("33"),
        BAD("31");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    /**
     * @param isInteractive whether a line can be drawn over
     * @param isColoured whether colours are shown
     * @param columns the width in characters
     */
    public Printed(PrintStream out, boolean isInteractive, boolean isColoured, int columns) {
        this.out = out;
        this.isInteractive = isInteractive;
        this.isColoured = isColoured;
        this.columns = columns;
    }

    @Override
    public void job(JsonNode job) {
        line(
                Colour.HEADING,
                "job " + shortId(job.path("id").asText()) + " on "
                        + job.path("dataset").asText() + ", "
                        + job.path("configuration").path("epochs").asText() + " epochs");
    }

    @Override
    public void message(JsonNode message) {
        switch (message.path("type").asText()) {
            case "state" -> {
                if (message.hasNonNull("run")) {
                    line(Colour.FAINT, "run " + message.path("run").asText());
                }
            }
            case "log" -> line(Colour.FAINT, message.path("message").asText());
            case "epoch" -> line(Colour.NONE, epoch(message));
            case "step" -> step(message);
            case "result" -> result(message);
            default -> line(Colour.NONE, message.toString());
        }
    }

    @Override
    public void notice(String text) {
        line(Colour.WARNING, text);
    }

    private static String epoch(JsonNode message) {
        String metrics = message.path("metrics").properties().stream()
                .filter(each -> !each.getKey().equals("learning_rate"))
                .map(Printed::metric)
                .collect(Collectors.joining("  "));
        return String.format(Locale.ROOT, "epoch %4d  %s", message.path("epoch").asInt(), metrics);
    }

    private static String metric(Map.Entry<String, JsonNode> each) {
        double value = each.getValue().asDouble();
        return switch (each.getKey()) {
            case "seconds" -> String.format(Locale.ROOT, "%.1f s", value);
            case "examples_per_second" -> String.format(Locale.ROOT, "%,.0f examples/s", value);
            default -> String.format(Locale.ROOT, "%s %.4f", each.getKey(), value);
        };
    }

    private void step(JsonNode message) {
        if (!isInteractive) {
            return;
        }
        String text = String.format(
                Locale.ROOT,
                "step %,d  loss %.4f",
                message.path("step").asLong(),
                message.path("loss").asDouble());
        out.print("\r\u001b[K" + coloured(Colour.FAINT, cut(text)));
        out.flush();
        hasStep = true;
    }

    private void result(JsonNode message) {
        String state = message.path("state").asText();
        Colour colour = switch (state) {
            case "done" -> Colour.GOOD;
            case "stopped" -> Colour.WARNING;
            default -> Colour.BAD;
        };
        line(colour, state + ": " + message.path("detail").asText());
    }

    private void line(Colour colour, String text) {
        if (hasStep) {
            out.print("\r\u001b[K");
            hasStep = false;
        }
        out.println(coloured(colour, shown(text)));
        out.flush();
    }

    private String cut(String text) {
        String plain = shown(text);
        return plain.length() < columns ? plain : plain.substring(0, Math.max(0, columns - 1));
    }

    /** What a server tells must not steer the terminal. */
    private static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private String coloured(Colour colour, String text) {
        return isColoured && !colour.code.isEmpty() ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }

    private static String shortId(String id) {
        return id.substring(0, Math.min(ID, id.length()));
    }
}
