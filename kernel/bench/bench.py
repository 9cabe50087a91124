"""Measures the kernel whose kernel.json lies in a folder; see kernel/bench/run."""
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import ipykernel

from kernels import Failed, Kernel, Spec

QUIRE, IPYKERNEL = "Quire", "ipykernel"
WORKLOADS = ["start", "cell", "completion", "lines", "stop", "training", "display", "loops"]
WIDTHS = [42, 24, 24, 10, 22]
LINES = 100_000
DIGITS = """
    var data = digits();
    var net = sequential(conv(16, 3), relu(), maxPool(2), flatten(), dense(64), relu(), dropout(0.2), dense(10));
    """
NOTHING = """
    Screen seen = Screens.current();
    Screen nothing = new Screen() {
        public Live show(Display display) {
            return new Live() {
                public void update(Display next) {}
                public void close() {}
            };
        }
        public boolean isInteractive() { return false; }
    };
    """
# Static methods, so that the same text is a cell and part of a class.
LOOPS = """
static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
}
static void product(float[] a, float[] b, float[] c, int n) {
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++) {
            float x = a[i * n + k];
            for (int j = 0; j < n; j++) c[i * n + j] += x * b[k * n + j];
        }
}
static double median(double[] values) {
    java.util.Arrays.sort(values);
    return values[values.length / 2];
}
static double timeDot(int rounds) {
    double[] a = new double[4096], b = new double[4096], times = new double[rounds];
    java.util.Arrays.fill(a, 0.5);
    java.util.Arrays.fill(b, 2);
    double sum = 0;
    for (int r = 0; r < rounds; r++) {
        long began = System.nanoTime();
        for (int i = 0; i < 1000; i++) sum += dot(a, b);
        times[r] = (System.nanoTime() - began) * 1e-6;
    }
    if (sum != 4096.0 * 1000 * rounds) throw new IllegalStateException("wrong sum");
    return median(times);
}
static double timeProduct(int rounds) {
    int n = 512;
    float[] a = new float[n * n], b = new float[n * n], c = new float[n * n];
    double[] times = new double[rounds];
    java.util.Arrays.fill(a, 1);
    java.util.Arrays.fill(b, 1);
    for (int r = 0; r < rounds; r++) {
        long began = System.nanoTime();
        product(a, b, c, n);
        times[r] = (System.nanoTime() - began) * 1e-6;
    }
    if (c[0] != (float) n * rounds) throw new IllegalStateException("wrong product");
    return median(times);
}
static void time() {
    System.out.println("dot " + timeDot(15));
    System.out.println("product " + timeProduct(15));
}
"""


def say(what):
    """Tells whoever waits at a terminal; the table alone goes to standard output."""
    if sys.stderr.isatty():
        print(f"\r\033[K{what}", end="", file=sys.stderr, flush=True)


def row(*cells):
    say("")
    print("| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS)) + " |", flush=True)


def amount(seconds):
    milliseconds = seconds * 1000
    return f"{milliseconds:.1f} ms" if milliseconds < 100 else f"{milliseconds:,.0f} ms"


def spread(values):
    """How far the rounds lie apart, as a share of their median."""
    return f" ±{50 * (max(values) - min(values)) / statistics.median(values):.0f} %" if len(values) > 1 else ""


def figure(values):
    return amount(statistics.median(values)) + spread(values)


def judged(is_met, goal):
    return ("met: " if is_met else "NOT MET: ") + goal


class Bench:
    def __init__(self, folder, rounds):
        self.specs = {QUIRE: Spec(QUIRE, folder), IPYKERNEL: Spec.ipykernel()}
        self.rounds = rounds
        # Where a round is itself a median, or a long one.
        self.few = min(rounds, 3)

    def run(self, workloads):
        for workload in workloads:
            say(workload)
            try:
                getattr(self, workload)()
            except Failed as e:
                row(workload, "not measured: " + str(e).strip().replace("\n", " "), "", "", "")

    def alternately(self, measure, rounds=None):
        """Kernels take turns, so that a noisy moment of the machine falls on both. Round 0 warms up."""
        figures = {name: [] for name in self.specs}
        for turn in range((rounds or self.rounds) + 1):
            for name, spec in self.specs.items():
                say(f"round {turn}: {name}")
                with Kernel(spec) as kernel:
                    value = measure(kernel)
                if turn:
                    figures[name].append(value)
        return figures

    def beside(self, title, figures, factor=None, limit=None):
        """A row: both figures, and whether the goal is met: so many times ipykernel's, or so many seconds."""
        mine = statistics.median(figures[QUIRE])
        theirs = statistics.median(figures[IPYKERNEL])
        goal = judged(mine <= factor * theirs, f"{factor}x") if factor else judged(mine <= limit, amount(limit))
        row(title, figure(figures[QUIRE]), figure(figures[IPYKERNEL]), f"{mine / theirs:.2f}x", goal)

    def start(self):
        figures = self.alternately(lambda kernel: (kernel.ready, kernel.first))
        for i, title, factor in (0, "start to kernel_info reply", 0.7), (1, "start to first cell done", 1.2):
            self.beside(title, {name: [pair[i] for pair in pairs] for name, pairs in figures.items()}, factor=factor)

    def cell(self):
        def hundredth(kernel):
            return statistics.median([kernel.run("1 + 1")[0] for _ in range(105)][94:])

        self.beside("trivial cell, 100th", self.alternately(hundredth, self.few), limit=0.010)

    def completion(self):
        first = []

        def complete(kernel):
            source = "sequential(con" if kernel.spec.name == QUIRE else "import os\nos.pa"
            times = []
            for _ in range(30):
                seconds, matches = kernel.complete(source)
                if not any(match.startswith(("conv", "os.pa", "pa")) for match in matches):
                    raise Failed(f"{kernel.spec.name} completes {source} as {matches[:5]}")
                times.append(seconds)
            if kernel.spec.name == QUIRE:
                first.append(times[0])
            return statistics.median(times[10:])

        self.beside("completion", self.alternately(complete, self.few), limit=0.015)
        row("completion, the first of a session", figure(first), "", "", "")

    def lines(self):
        def print_lines(kernel):
            java = f"for (int i = 0; i < {LINES}; i++) System.out.println(i);"
            python = f"for i in range({LINES}): print(i)"
            seconds, text = kernel.run(java if kernel.spec.name == QUIRE else python)
            if text.split() != [str(i) for i in range(LINES)]:
                raise Failed(f"{kernel.spec.name}: of {LINES} lines {len(text.split())} arrived, or out of order")
            return seconds

        self.beside("100,000 printed lines, all in order", self.alternately(print_lines, self.few), limit=0.5)

    def stop(self):
        cells = {
            "a loop": {QUIRE: "int turns = 0; while (true) turns++;", IPYKERNEL: "while True: pass"},
            "sleep": {QUIRE: "Thread.sleep(60_000);", IPYKERNEL: "import time; time.sleep(60)"},
        }
        for title, sources in cells.items():
            figures = self.alternately(lambda kernel: kernel.stop(sources[kernel.spec.name], 0.5), self.few)
            self.beside(f"Stop in {title}, to idle", figures, limit=0.150)

    def training(self):
        with Kernel(self.specs[QUIRE]) as kernel:
            kernel.run(DIGITS)
            cell = "var run = train(net, data, epochs(100_000), batch(64), adamW(2e-3), seed(1));"
            times = [kernel.stop(cell, 2) for _ in range(self.rounds)]
            if "true" not in kernel.run("System.out.println(lastRun().metrics().rowCount() > 0);")[1]:
                raise Failed("what was trained is lost")
        row("Stop in training, to idle; run kept", figure(times), "", "", "one chunk")

    def display(self):
        with Kernel(self.specs[QUIRE]) as kernel:
            kernel.run(DIGITS + NOTHING)
            train = "train(net, data, epochs(100), batch(64), adamW(2e-3), seed(1));"
            times = {"seen": [], "nothing": []}
            for turn in range(self.rounds + 1):
                for screen in times:
                    say(f"round {turn}: {screen}")
                    kernel.run(f"Screens.use({screen});")
                    # The clock is in the cell: what the client does with the messages is not the kernel's time.
                    text = kernel.run(
                        f"long began = System.nanoTime(); {train}"
                        'System.out.println("took " + (System.nanoTime() - began));'
                    )[1]
                    if turn:
                        times[screen].append(int(re.search(r"took (\d+)", text)[1]) * 1e-9)
        on, off = (statistics.median(times[screen]) for screen in ("seen", "nothing"))
        share = on / off - 1
        row(
            "live display, 100 epochs of digits",
            "on " + figure(times["seen"]),
            "off " + figure(times["nothing"]),
            f"{100 * share:+.1f} %",
            judged(share < 0.02, "2 %"),
        )

    def loops(self):
        figures = {"cell": {"dot": [], "product": []}, "plain": {"dot": [], "product": []}}
        java = os.path.join(self.specs[QUIRE].json["env"]["JAVA_HOME"], "bin", "java")
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder, "Plain.java")
            plain.write_text("class Plain {" + LOOPS + "public static void main(String[] arguments) { time(); } }")
            for turn in range(self.rounds):
                say(f"round {turn}: loops in a cell")
                with Kernel(self.specs[QUIRE]) as kernel:
                    kernel.run(re.sub(r"(?m)^static ", "", LOOPS))
                    self.collect(figures["cell"], kernel.run("time();")[1])
                say(f"round {turn}: loops in plain Java")
                # The heap and the collector are those of ./quire.
                done = subprocess.run(
                    [java, "-XX:+UseSerialGC", "-Xms64m", "-Xmn24m", str(plain)], capture_output=True, text=True
                )
                if done.returncode:
                    raise Failed(done.stderr)
                self.collect(figures["plain"], done.stdout)
        for key, title in ("dot", "dot product of 4,096, 1,000 times"), ("product", "512³ matrix product"):
            mine, theirs = figures["cell"][key], figures["plain"][key]
            speed = statistics.median(theirs) / statistics.median(mine)
            row(title, "cell " + figure(mine), "plain " + figure(theirs), f"{speed:.2f}x", judged(speed >= 0.9, "0.9x"))

    @staticmethod
    def collect(figures, text):
        for key, values in figures.items():
            values.append(float(re.search(rf"{key} ([\d.E-]+)", text)[1]) * 1e-3)


def main():
    rounds, workloads = 7, []
    for argument in sys.argv[2:]:
        if argument.startswith("--rounds="):
            rounds = int(argument.split("=")[1])
        elif argument in WORKLOADS:
            workloads.append(argument)
        else:
            sys.exit(f"{argument}?\narguments: [--rounds=7] [WORKLOAD...]\nworkloads: {' '.join(WORKLOADS)}; all unless some are named")
    bench = Bench(sys.argv[1], rounds)
    release = Path(bench.specs[QUIRE].json["env"]["JAVA_HOME"], "release").read_text()
    jdk = re.search(r'JAVA_VERSION="([^"]*)"', release)[1]
    print(
        f"Quire's kernel on JDK {jdk} beside ipykernel {ipykernel.__version__} on Python {platform.python_version()};"
        f" {os.cpu_count()} cores; medians of {rounds} rounds, in turns\n"
    )
    row("what", "Quire", "ipykernel", "ratio", "goal")
    print("|" + "|".join(" " + "-" * width + " " for width in WIDTHS) + "|")
    bench.run(workloads or WORKLOADS)


main()
