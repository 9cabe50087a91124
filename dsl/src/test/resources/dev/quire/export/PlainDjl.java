import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Opens a TorchScript file as any DJL application does: FILE VALUES SIZE..., where VALUES is a file of numbers. */
public class PlainDjl {
    public static void main(String[] args) throws Exception {
        try {
            Class.forName("dev.quire.Quire");
            throw new IllegalStateException("Quire is on the class path");
        } catch (ClassNotFoundException expected) {
            // As it should be.
        }
        long[] sizes = Arrays.stream(args).skip(2).mapToLong(Long::parseLong).toArray();
        Criteria<NDList, NDList> criteria = Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optModelPath(Path.of(args[0]))
                .optEngine("PyTorch")
                .optOption("extraFiles", "classes.json")
                .optTranslator(new NoopTranslator())
                .build();
        try (ZooModel<NDList, NDList> model = criteria.loadModel();
                Predictor<NDList, NDList> predictor = model.newPredictor();
                NDManager manager = NDManager.newBaseManager("PyTorch")) {
            String[] words = Files.readString(Path.of(args[1])).trim().split("\\s+");
            float[] values = new float[words.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.parseFloat(words[i]);
            }
            NDArray input = manager.create(values, new Shape(sizes));
            for (NDArray output : predictor.predict(new NDList(input))) {
                System.out.println("output " + output.getShape());
                for (float value : output.toFloatArray()) {
                    System.out.println(value);
                }
            }
            System.out.println("classes " + model.getProperty("classes.json"));
        }
    }
}
