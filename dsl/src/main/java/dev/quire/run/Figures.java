package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.metric.History;
import dev.quire.store.EventFile;
import dev.quire.view.Chart;
import dev.quire.view.Charts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The pictures of a record. */
final class Figures {
    private Figures() {}

    /** The curves of a run, as a file and for TensorBoard; nothing where Java finds no fonts to draw with. */
    static void curves(History history, Path folder, Optional<EventFile> events) throws IOException {
        Chart chart = Charts.curves(history);
        byte[] png;
        try {
            chart.save(folder.resolve("curves.svg"));
            png = chart.png();
        } catch (QuireException noFonts) {
            return;
        }
        if (events.isPresent()) {
            events.get().picture(history.epochs(), "curves", chart.width(), chart.height(), png);
        }
    }
}
