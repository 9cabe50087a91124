package dev.quire.kernel.session;

/** The threads of cells, and those that they start. */
final class CellThreads extends ThreadGroup {
    CellThreads() {
        super("quire-cells");
    }
}
