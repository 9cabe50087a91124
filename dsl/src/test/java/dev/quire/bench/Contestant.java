package dev.quire.bench;

/** Someone who trains a workload for a while and says how fast. */
interface Contestant extends AutoCloseable {
    /** Who this is, for the table. */
    String name();

    /**
     * Trains for about so many seconds.
     *
     * @return units of the workload a second
     * @throws Failed when it cannot
     */
    double round(double seconds) throws Failed;

    @Override
    void close();

    /** Why there is no figure: a fact for the table, since the others go on. */
    final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        Failed(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** Makes a contestant, when its turn comes. */
    interface Entry {
        Contestant open();
    }
}
