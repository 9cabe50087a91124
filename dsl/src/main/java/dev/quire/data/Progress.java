package dev.quire.data;

/** Is told how far a long piece of work has come, by one thread or several. */
public interface Progress {
    /** What is counted. */
    enum Unit {
        BYTES,
        IMAGES
    }

    /**
     * So much is done; called several times a second.
     *
     * @param what what is being done, such as {@code mnist: train-images-idx3-ubyte.gz}
     * @param done how much so far
     * @param total how much in all, or -1 when it is not known
     * @param unit what is counted
     */
    void update(String what, long done, long total, Unit unit);

    /** The work has ended, well or not. */
    void close();

    /** Tells nobody. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void update(String what, long done, long total, Unit unit) {}

            @Override
            public void close() {}
        };
    }
}
