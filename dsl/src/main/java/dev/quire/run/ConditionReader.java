package dev.quire.run;

import dev.quire.QuireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a condition from left to right; {@code and} binds closer than {@code or}. */
final class ConditionReader {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<text>'[^']*'|\"[^\"]*\")|(?<number>[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?(?![\\w.]))"
                    + "|(?<word>[\\p{L}_][\\w@.:-]*)|(?<sign>>=|<=|==|!=|<>|&&|\\|\\||[<>=()]))");

    private final String text;
    private final List<String> figures;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    ConditionReader(String text, List<String> figures) {
        this.text = text;
        this.figures = figures;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
            matcher.region(end, text.length());
        }
        if (!text.substring(end).isBlank()) {
            throw wrong("'" + text.substring(end).strip() + "' is not understood");
        }
    }

    Condition read() {
        Condition out = either();
        if (at < tokens.size()) {
            throw wrong("'" + tokens.get(at) + "' stands where and, or, or the end was expected");
        }
        return out;
    }

    private Condition either() {
        Condition out = all();
        while (isNext("or") || isNext("||")) {
            at++;
            out = new Condition.Pair(out, all(), false);
        }
        return out;
    }

    private Condition all() {
        Condition out = one();
        while (isNext("and") || isNext("&&")) {
            at++;
            out = new Condition.Pair(out, one(), true);
        }
        return out;
    }

    private Condition one() {
        if (isNext("(")) {
            at++;
            Condition out = either();
            if (!isNext(")")) {
                throw wrong("a parenthesis is not closed");
            }
            at++;
            return out;
        }
        String column = next("the name of a column");
        Condition.checkColumn(column, figures, "where(\"" + text + "\")");
        Condition.Comparison comparison = comparison(next("a comparison after " + column));
        String value = next("a value after " + column);
        if (Condition.WORDS.contains(column)) {
            return new Condition.Words(column, comparison, value.replaceAll("^['\"]|['\"]$", ""));
        }
        try {
            return new Condition.Numbers(column, comparison, Double.parseDouble(value));
        } catch (NumberFormatException e) {
            throw wrong(column + " is a number, and " + value + " is none");
        }
    }

    private Condition.Comparison comparison(String sign) {
        return switch (sign) {
            case "=", "==" -> Condition.Comparison.EQUAL;
            case "!=", "<>" -> Condition.Comparison.DIFFERENT;
            case "<=" -> Condition.Comparison.AT_MOST;
            case ">=" -> Condition.Comparison.AT_LEAST;
            case "<" -> Condition.Comparison.LESS;
            case ">" -> Condition.Comparison.MORE;
            default -> throw wrong("'" + sign + "' is no comparison: use =, !=, <, <=, > or >=");
        };
    }

    private boolean isNext(String token) {
        return at < tokens.size() && tokens.get(at).toLowerCase(Locale.ROOT).equals(token);
    }

    private String next(String expected) {
        if (at == tokens.size()) {
            throw wrong(expected + " is missing at the end");
        }
        return tokens.get(at++);
    }

    private QuireException wrong(String why) {
        return new QuireException("where(\"" + text + "\"): " + why
                + ": write it as in where(\"accuracy > 0.98 and state = 'completed'\")");
    }
}
