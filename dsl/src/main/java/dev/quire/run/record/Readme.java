package dev.quire.run.record;

/** What the archive holds, for whoever opens it. */
final class Readme {
    private Readme() {}

    static String of(Reading reading, boolean hasWeights) {
        String name = reading.name();
        return """
                # The record of run %1$s

                | file | what it is |
                | --- | --- |
                | `index.html` | the run on one page; opens without a network |
                | `notebook.ipynb` | the cells that ran, up to the one that started the run, with its outcome |
                | `script.jsh` | the same cells as a script |
                | `runs/%1$s` | the record itself: specification, network, data, environment, cells, metrics, steps, %2$s |
                | `runs/%1$s/manifest.json` | the SHA-256 of each part of the record |

                `./quire replay` with this archive, or with the folder it is unpacked to, runs the cells again and says
                whether they come out the same. Cells do whatever they say: read them before you replay a record of a
                stranger. `QUIRE_RUNS=runs` makes the run known to a session started beside the folder `runs`; its
                network is then `runs("%1$s").reload()`.
                """.formatted(name, hasWeights ? "events, checkpoints" : "events; the checkpoints were left out");
    }
}
