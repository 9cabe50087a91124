package dev.quire.inference;

import dev.quire.graph.Shape;
import dev.quire.pretrained.ModelFolder;
import dev.quire.run.Run;
import dev.quire.run.StoredRun;

/** Makes models of what there is: runs, and folders of pretrained networks. */
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

    /**
     * A pretrained network that only predicts, with its own head. It takes images of the size that they were prepared to,
     * or texts of the most places.
     *
     * @throws dev.quire.QuireException when its weights do not fit
     */
    public static Model of(ModelFolder folder) {
        return FolderModels.of(folder, folder.example());
    }

    /**
     * A pretrained network that only predicts, for examples of a shape.
     *
     * @param sizes of one example: channels, height and width, or the places of a text
     * @throws dev.quire.QuireException when its weights do not fit, or the shape does not
     */
    public static Model of(ModelFolder folder, long... sizes) {
        return FolderModels.of(folder, folder.example().with(Shape.of(sizes)));
    }
}
