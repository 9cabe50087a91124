package dev.quire.kernel.session.assist;

import dev.quire.manual.Description;
import dev.quire.manual.Entry;
import dev.quire.manual.Entry.Parameter;
import dev.quire.manual.Manual;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/** Reads JShell's word for a method, and finds the Javadoc of it that Quire carries itself. */
final class Signature {
    private static final Pattern CALL = Pattern.compile("^(?:(.*)\\s)?(\\S+?)\\((.*)\\)(?:\\s+throws .*)?$");
    private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z])");

    private Signature() {}

    static Entry entry(Documentation documentation) {
        String text = PACKAGE.matcher(documentation.signature()).replaceAll("");
        Matcher call = CALL.matcher(text);
        if (!call.matches()) {
            return type(documentation, text);
        }
        String path = call.group(2).replaceAll("<[^<>]*>", "");
        String[] names = path.split("\\.");
        String name = names[names.length - 1];
        String owner = names.length > 1 ? names[names.length - 2] : name;
        String result = Objects.toString(call.group(1), "").replaceFirst("^<.*?>\\s*", "");
        List<Parameter> parameters = parameters(call.group(3));
        return own(owner, name, parameters)
                .orElseGet(() -> new Entry(
                        owner,
                        name,
                        result.equals("void") ? "" : result,
                        parameters,
                        true,
                        description(documentation)));
    }

    private static Entry type(Documentation documentation, String text) {
        return Manual.type(documentation.signature().replaceFirst("<.*$", ""))
                .map(each -> each.entry())
                .orElseGet(() -> new Entry(text, text, "", List.of(), false, description(documentation)));
    }

    private static Optional<Entry> own(String owner, String name, List<Parameter> parameters) {
        List<Entry> candidates = owner.equals("Quire") ? Manual.word(name) : Manual.member(owner, name);
        List<String> names = parameters.stream().map(Parameter::name).toList();
        return candidates.stream()
                .filter(each ->
                        each.parameters().stream().map(Parameter::name).toList().equals(names))
                .filter(each -> types(each.parameters()).equals(types(parameters)))
                .findFirst();
    }

    private static List<String> types(List<Parameter> parameters) {
        return parameters.stream()
                .map(each -> each.type().replaceAll("<.*>", "").replaceFirst("^.*\\.(?=[A-Z])", ""))
                .toList();
    }

    private static Description description(Documentation documentation) {
        String comment = documentation.javadoc();
        return Description.of(comment == null ? "" : comment);
    }

    private static List<Parameter> parameters(String text) {
        List<Parameter> parameters = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && depth == 0) {
                String one = text.substring(start, i).strip();
                int space = one.lastIndexOf(' ');
                if (!one.isEmpty()) {
                    parameters.add(new Parameter(space < 0 ? one : one.substring(0, space), one.substring(space + 1)));
                }
                start = i + 1;
            }
        }
        return parameters;
    }
}
