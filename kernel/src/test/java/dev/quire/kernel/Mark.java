package dev.quire.kernel;

import java.util.concurrent.TimeUnit;

/** A place in the code of a cell, which says that it was reached: a stop that comes before is another test. */
public final class Mark {
    private final String name = "quire.test.reached." + System.nanoTime();

    /** A statement for the cell. */
    public String statement() {
        return "System.setProperty(\"" + name + "\", \"\");";
    }

    public boolean isReached() {
        return System.getProperty(name) != null;
    }

    /** Waits until the cell has come to it. */
    public void await() throws InterruptedException {
        while (!isReached()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
