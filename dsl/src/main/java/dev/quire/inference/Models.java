package dev.quire.inference;

import dev.quire.QuireException;
import dev.quire.graph.Shape;
import dev.quire.pretrained.ModelFolder;
import dev.quire.run.Run;
import dev.quire.run.StoredRun;
import dev.quire.store.torch.TorchCheckpoint;
import java.nio.file.Path;

/** Makes models of what there is: runs, folders of pretrained networks, and files. */
public final class Models {
    private Models() {}

    /**
     * A run that only predicts: its network with a copy of the weights as they are now. It works beside whatever trains,
     * the run itself included.
     *
     * @throws QuireException when the run has no weights
     */
    public static Model of(Run run) {
        return RunModels.of(run);
    }

    /**
     * A recorded run that only predicts.
     *
     * @throws QuireException when its data is not known by its name: then reload it with the data first
     */
    public static Model of(StoredRun run) {
        return of(run.reload());
    }

    /**
     * A pretrained network that only predicts, with its own head. It takes images of the size that they were prepared to,
     * or texts of the most places.
     *
     * @throws QuireException when its weights do not fit
     */
    public static Model of(ModelFolder folder) {
        return FolderModels.of(folder, folder.example());
    }

    /**
     * A pretrained network that only predicts, for examples of a shape.
     *
     * @param sizes of one example: channels, height and width, or the places of a text
     * @throws QuireException when its weights do not fit, or the shape does not
     */
    public static Model of(ModelFolder folder, long... sizes) {
        return FolderModels.of(folder, folder.example().with(Shape.of(sizes)));
    }

    /**
     * A model from a file: TorchScript ({@code .pt}) or ONNX ({@code .onnx}), told by what is in it.
     *
     * @throws QuireException when the file is missing, damaged, of another kind, or holds what is not supported
     */
    public static Model load(Path file, ModelOption... options) {
        LoadSpec spec = LoadSpec.of(options);
        return switch (FileKind.of(file)) {
            case ZIP -> ScriptModels.load(file, spec);
            case ONNX -> OnnxModels.load(file, spec);
            case PICKLE -> throw TorchCheckpoint.refusal(file, FileKind.head(file));
            case JAVA_OBJECTS ->
                throw new QuireException(
                        file + " is a stream of Java objects, which is never read: load TorchScript or ONNX");
            case SAFETENSORS ->
                throw new QuireException(
                        file + " holds weights without a network, so there is nothing to run: load TorchScript or ONNX,"
                                + " or train or reload the run");
            case KERAS ->
                throw new QuireException(
                        file + " is a Keras or HDF5 file, which is not read: export the network as ONNX");
            case UNKNOWN ->
                throw new QuireException(
                        file + " is neither a TorchScript nor an ONNX file, nor any other model that is known");
        };
    }
}
