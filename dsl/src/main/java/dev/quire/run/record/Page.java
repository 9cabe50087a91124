package dev.quire.run.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.data.Fingerprint;
import dev.quire.metric.Goal;
import dev.quire.metric.History;
import dev.quire.view.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A record on one page of HTML, which loads nothing and runs nothing: its policy allows the style sheet in it and no
 * script at all, and whatever comes from the record is escaped.
 */
final class Page {
    private static final String STYLE = style();

    private final StringBuilder out = new StringBuilder();
    private final Reading reading;

    private Page(Reading reading) {
        this.reading = reading;
    }

    static String of(Reading reading) {
        Page page = new Page(reading);
        page.head();
        page.remarks();
        page.figures();
        page.curves();
        page.metrics();
        page.cells();
        page.text("Network", reading.model());
        page.out.append("<div class=\"pair\">\n<section>\n");
        page.facts("Specification", reading.spec());
        page.out.append("</section>\n<section>\n");
        page.environment();
        page.out.append("</section>\n</div>\n");
        page.facts("Data", reading.data());
        page.parts();
        page.out.append("</body>\n</html>\n");
        return page.out.toString();
    }

    private void head() {
        String name = Html.escape(reading.name());
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
        out.append(hash(STYLE)).append("'; base-uri 'none'; form-action 'none'\">\n");
        out.append("<meta name=\"referrer\" content=\"no-referrer\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.append("<title>")
                .append(name)
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n</head>\n");
        out.append("<body>\n<h1>").append(name).append("</h1>\n<p>");
        out.append(Html.escape(reading.outcome().replace('_', ' ')));
        String sentence = reading.sentence();
        out.append(sentence.isEmpty() ? "" : ": " + Html.escape(sentence)).append("</p>\n<p class=\"faint\">");
        List<String> facts = new ArrayList<>();
        facts.add("trained on " + reading.state().path("data").asText());
        facts.add("began " + moment(reading.state().path("started").asText()));
        facts.add("%,d steps".formatted(reading.losses().length));
        out.append(Html.escape(String.join(" · ", facts))).append("</p>\n");
    }

    /** An instant without its fractions of a second. */
    private static String moment(String instant) {
        return instant.replaceAll("T(\\d\\d:\\d\\d):.*", " $1 UTC");
    }

    private void remarks() {
        if (reading.remarks().isEmpty()) {
            return;
        }
        out.append("<div class=\"remarks\"><b>To know when reading the cells</b><ul>");
        reading.remarks()
                .forEach(
                        remark -> out.append("<li>").append(Html.escape(remark)).append("</li>"));
        out.append("</ul></div>\n");
    }

    /** The best value of each metric. */
    private void figures() {
        History history = reading.history();
        if (history.isEmpty()) {
            return;
        }
        out.append("<div class=\"figures\">");
        figure(String.valueOf(history.epochs()), history.epochs() == 1 ? "epoch" : "epochs");
        for (String metric : history.metrics()) {
            String column = history.has(History.VALIDATION + metric) ? History.VALIDATION + metric : metric;
            OptionalInt best = history.best(column, Goal.of(column));
            if (best.isPresent()) {
                figure(number(history.value(best.getAsInt(), column)), "best " + column + ", epoch " + best.getAsInt());
            }
        }
        out.append("</div>\n");
    }

    private void figure(String value, String name) {
        out.append("<div><b>").append(Html.escape(value)).append("</b><span>");
        out.append(Html.escape(name)).append("</span></div>");
    }

    private void curves() {
        String drawn = Curves.of(
                reading.history(),
                reading.losses(),
                reading.state().path("steps_per_epoch").asInt());
        if (!drawn.isEmpty()) {
            out.append("<h2>Curves</h2>\n<div class=\"curves\">").append(drawn).append("</div>\n");
        }
    }

    private void metrics() {
        History history = reading.history();
        if (history.isEmpty()) {
            return;
        }
        out.append("<h2>Metrics</h2>\n<div class=\"scroll\"><table><thead><tr>");
        history.columns()
                .forEach(
                        column -> out.append("<th>").append(Html.escape(column)).append("</th>"));
        out.append("</tr></thead><tbody>\n");
        for (List<Double> row : history.rows()) {
            out.append("<tr>");
            row.forEach(value -> out.append("<td>").append(number(value)).append("</td>"));
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        double size = Math.abs(value);
        return size >= 1000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, size >= 1e-3 ? "%.5f" : "%.3e", value);
    }

    private void text(String title, String text) {
        out.append("<h2>")
                .append(title)
                .append("</h2>\n<pre>")
                .append(Html.escape(text))
                .append("</pre>\n");
    }

    private void facts(String title, JsonNode json) {
        Map<String, String> facts = new LinkedHashMap<>(Facts.of(json));
        facts.remove("version");
        facts.values().removeIf(String::isEmpty);
        if (!facts.isEmpty()) {
            out.append("<h2>").append(title).append("</h2>\n");
            table(facts);
        }
    }

    private void table(Map<String, String> facts) {
        out.append("<table class=\"facts\"><tbody>\n");
        facts.forEach((name, value) -> out.append("<tr><td>")
                .append(Html.escape(name))
                .append("</td><td>")
                .append(Html.escape(value))
                .append("</td></tr>\n"));
        out.append("</tbody></table>\n");
    }

    private void environment() {
        Map<String, String> facts = new LinkedHashMap<>(Facts.of(reading.environment()));
        String determinism = facts.remove("determinism");
        JsonNode git = reading.state().path("git");
        if (git.has("commit")) {
            facts.put("git", git.path("commit").asText() + (git.path("dirty").asBoolean() ? ", with changes" : ""));
        }
        if (facts.isEmpty()) {
            return;
        }
        out.append("<h2>Environment</h2>\n");
        if (determinism != null) {
            out.append("<p>What a replay may be expected to give: <b>").append(Html.escape(determinism));
            out.append("</b>.</p>\n");
        }
        table(facts);
    }

    private void cells() {
        out.append("<h2>Cells</h2>\n");
        if (reading.cells().isEmpty()) {
            out.append("<p class=\"faint\">The run was started outside of cells.</p>\n");
            return;
        }
        out.append("<p class=\"faint\">In the order they ran; the last one started the run.</p>\n");
        for (Cell cell : reading.cells()) {
            out.append(reading.isLast(cell) ? "<div class=\"cell started\">" : "<div class=\"cell\">");
            out.append("<span>In[").append(cell.number()).append(']');
            if (!cell.ending().equals("done") && !cell.ending().equals("running")) {
                out.append("<em>").append(Html.escape(cell.ending())).append("</em>");
            }
            out.append("</span><pre>").append(Html.escape(cell.source())).append("</pre></div>\n");
        }
    }

    private void parts() {
        Map<String, String> parts = Facts.of(reading.manifest().path("sha256"));
        if (parts.isEmpty()) {
            out.append(
                    "<h2>Parts</h2>\n<p class=\"faint\">The run never came to an end: its parts are not listed.</p>\n");
            return;
        }
        out.append("<h2>Parts</h2>\n<details><summary>").append(parts.size());
        out.append(" parts and their SHA-256</summary>\n");
        table(parts);
        out.append("</details>\n<p class=\"faint\"><code>./quire replay</code> checks them, runs the cells again, and");
        out.append(" says whether they come out the same.</p>\n");
    }

    private static String style() {
        try (InputStream in = Page.class.getResourceAsStream("/dev/quire/run/page.css")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        return Base64.getEncoder().encodeToString(Fingerprint.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
