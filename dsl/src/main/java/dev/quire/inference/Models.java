package dev.quire.inference;

import dev.quire.run.Run;
import dev.quire.run.StoredRun;

/** Makes models of what there is: runs. */
public final class Models {
    private Models() {}

    /**
     * A run that only predicts: its network with a copy of the weights as they are now. It works beside whatever trains,
     * the run itself included.
     *
     * @throws dev.quire.QuireException when the run has no weights
     */
    public static Model of(Run run) {
        return RunModels.of(run);
    }

    /**
     * A recorded run that only predicts.
     *
     * @throws dev.quire.QuireException when its data is not known by its name: then reload it with the data first
     */
    public static Model of(StoredRun run) {
        return of(run.reload());
    }
}
