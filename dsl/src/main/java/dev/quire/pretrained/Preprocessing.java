package dev.quire.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.image.Resampling;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * How images were prepared for a network, from its {@code preprocessor_config.json}.
 *
 * @param height pixels
 * @param width pixels
 * @param rescale what bytes are multiplied by, usually 1/255
 * @param means of each channel, taken away then; empty where nothing is
 * @param deviations of each channel, divided by then; as many as means
 * @param resample how images are brought to their size
 */
public record Preprocessing(
        int height, int width, double rescale, List<Double> means, List<Double> deviations, Resampling resample) {
    public Preprocessing {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
    }

    static Preprocessing of(Configuration config) {
        JsonNode size = config.json().path("size");
        JsonNode crop = config.json().path("crop_size");
        boolean isCropped = config.flag("do_center_crop", false) && !crop.isMissingNode();
        JsonNode side = isCropped ? crop : size;
        int edge = side.isInt() ? side.intValue() : side.path("shortest_edge").asInt(224);
        boolean isScaled = config.flag("do_rescale", true);
        boolean isNormalized = config.flag("do_normalize", true);
        return new Preprocessing(
                side.path("height").asInt(edge),
                side.path("width").asInt(edge),
                isScaled ? config.real("rescale_factor", 1 / 255.0) : 1,
                isNormalized ? reals(config, "image_mean", 0.5) : List.of(),
                isNormalized ? reals(config, "image_std", 0.5) : List.of(),
                Resampling.numbered(config.json().path("resample").asInt(2), config.file()));
    }

    private static List<Double> reals(Configuration config, String key, double usual) {
        JsonNode list = config.json().path(key);
        List<Double> out = new ArrayList<>();
        list.forEach(each -> out.add(each.asDouble()));
        return out.isEmpty() ? List.of(usual, usual, usual) : out;
    }

    /**
     * Images with the normalisation that the network was trained with.
     *
     * @throws QuireException when they are no images of its size with as many channels
     */
    public Dataset apply(Dataset data) {
        Shape given = data.inputs().get(0).shape();
        boolean isImage = given.rank() == 3
                && given.size(1) == height
                && given.size(2) == width
                && (means.size() <= 1 || given.size(0) == means.size());
        if (!isImage) {
            throw new QuireException("the network takes images of "
                    + (means.size() > 1 ? means.size() : 3) + "x" + height + "x" + width + ", " + data.name() + " has "
                    + given + ": use imageFolder(folder, resize(" + height + (height == width ? "" : ", " + width)
                    + "))");
        }
        double scale = data.inputs().get(0).type() == DType.UINT8 ? rescale : 1;
        if (means.isEmpty()) {
            return data.normalize(0, 1 / scale);
        }
        return data.normalize(
                means.stream().map(mean -> mean / scale).toList(),
                deviations.stream().map(deviation -> deviation / scale).toList());
    }
}
