package dev.quire.run.record;

import java.util.stream.Collectors;

/** The cells as one script for JShell; magics, which JShell does not know, become comments. */
final class Script {
    private Script() {}

    static String of(Reading reading) {
        StringBuilder out = new StringBuilder("// The cells of run ")
                .append(reading.name())
                .append(", in the order they ran. To run them:\n")
                .append("//   jshell --class-path \"$(./quire classpath)\" \\\n")
                .append("//     --startup kernel/src/main/resources/dev/quire/kernel/startup.jsh script.jsh\n");
        reading.remarks()
                .forEach(remark -> out.append("// Note: ").append(line(remark)).append('\n'));
        for (Cell cell : reading.cells()) {
            out.append("\n// In[").append(cell.number()).append(']');
            out.append(
                    cell.ending().equals("failed") || cell.ending().equals("interrupted") ? ", " + cell.ending() : "");
            out.append('\n').append(java(cell)).append('\n');
        }
        return out.toString();
    }

    private static String java(Cell cell) {
        boolean isOther =
                cell.source().strip().startsWith("%%") && !cell.source().strip().startsWith("%%time");
        boolean isKept =
                !isOther && (cell.ending().equals("done") || cell.ending().equals("running"));
        return cell.source()
                .lines()
                .map(line -> !isKept || line.matches("\\s*%%?[a-zA-Z].*") ? "// " + line : line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
