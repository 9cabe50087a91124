package dev.quire.kernel.machine;

import com.sun.management.OperatingSystemMXBean;
import dev.quire.data.DataFolders;
import dev.quire.kernel.machine.Finding.Mark;
import dev.quire.kernel.terminal.Terminal;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks at everything Quire depends on. */
public final class Doctor {
    private static final double GIGABYTE = 1L << 30;
    private static final int NAME_WIDTH = 11;

    private final List<Finding> findings;

    Doctor(List<Finding> findings) {
        this.findings = List.copyOf(findings);
    }

    /** That of this machine. Loads libtorch. */
    public static Doctor standard() {
        Map<String, String> environment = System.getenv();
        TorchState torch = TorchState.load();
        List<Finding> out = new ArrayList<>();
        out.add(Finding.good("JDK", Jdk.running().toString()));
        out.add(torch.finding(Libtorch.onClassPath(environment)));
        out.add(Processor.ofThisMachine().finding());
        out.add(threads(torch));
        out.add(memory());
        out.add(Gpu.below(Path.of("/")).finding(environment, torch));
        out.addAll(DatasetFolders.findings(DataFolders.standard()));
        return new Doctor(out);
    }

    private static Finding threads(TorchState torch) {
        int cores = Runtime.getRuntime().availableProcessors();
        String used = torch.failure().isEmpty() ? ", libtorch uses " + torch.threads() : "";
        return Finding.good("cores", cores + used);
    }

    private static Finding memory() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        String text = String.format(
                Locale.ROOT,
                "%.1f GB, of which Java objects may take %.1f GB; tensors live outside that",
                system.getTotalMemorySize() / GIGABYTE,
                Runtime.getRuntime().maxMemory() / GIGABYTE);
        return system.getTotalMemorySize() < 2 * GIGABYTE
                ? Finding.note("memory", text, "2 GB is little: train small networks with small batches")
                : Finding.good("memory", text);
    }

    /** Prints what was found, and says whether Quire can be used. */
    public boolean report(Terminal terminal) {
        PrintStream out = terminal.out();
        out.println("Quire " + Build.version());
        out.println();
        for (Finding finding : findings) {
            String mark = terminal.isUnicode() ? finding.mark().sign : finding.mark().plain;
            String start = mark + " " + String.format("%-" + NAME_WIDTH + "s", finding.name());
            out.println(start + finding.text());
            for (String remedy : finding.remedies()) {
                out.println(" ".repeat(start.length()) + (terminal.isUnicode() ? "→ " : "-> ") + remedy);
            }
        }
        out.println();
        long bad = findings.stream().filter(each -> each.mark() == Mark.BAD).count();
        out.println(bad == 0 ? "Quire is ready." : "Quire cannot be used until that is put right.");
        return bad == 0;
    }
}
