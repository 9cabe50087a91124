package dev.quire.inference;

import dev.quire.QuireException;
import dev.quire.data.HostTensor;
import dev.quire.data.image.ImageFile;
import dev.quire.data.image.Resampling;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * How an image becomes the input of a model: brought to a size, then {@code (pixel * scale - mean) / deviation} by
 * channel.
 *
 * @param height pixels
 * @param width pixels
 * @param channels 3 for red, green and blue, 1 for brightness
 * @param channelsLast whether the channels of a pixel lie side by side, as TensorFlow has them
 * @param type UINT8 for the pixels as they are, from 0 to 255; else FLOAT32
 * @param scale what a pixel is multiplied by: 1/255 brings it to 0..1
 * @param means one for each channel, or one for all
 * @param deviations as many as means, each above 0
 * @param resample how an image of another size is brought to this one
 */
public record ImageInput(
        int height,
        int width,
        int channels,
        boolean channelsLast,
        DType type,
        double scale,
        List<Double> means,
        List<Double> deviations,
        Resampling resample) {
    private static final int MOST_SIDE = 10_000;

    public ImageInput {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        if (height < 1 || width < 1 || height > MOST_SIDE || width > MOST_SIDE) {
            throw new QuireException("an image of " + height + "x" + width + ": each side must be from 1 to 10000");
        }
        if (channels != 1 && channels != 3) {
            throw new QuireException("an image has 1 or 3 channels, got " + channels);
        }
        boolean isOneOrEach = means.size() == 1 || means.size() == channels;
        if (!isOneOrEach || means.size() != deviations.size()) {
            throw new QuireException(means.size() + " means and " + deviations.size() + " deviations for " + channels
                    + " channels: give one of each, or one for each channel");
        }
        deviations.forEach(deviation -> {
            if (!(deviation > 0)) {
                throw new QuireException("a deviation of " + deviation + ": every deviation must be above 0");
            }
        });
    }

    /** Pixels from 0 to 255 as they are, one channel after another. */
    public static ImageInput pixels(int height, int width, int channels) {
        return new ImageInput(
                height, width, channels, false, DType.UINT8, 1, List.of(0.0), List.of(1.0), Resampling.BILINEAR);
    }

    /**
     * A JPEG or PNG as a batch of one.
     *
     * @param file its content
     * @throws QuireException when it is broken, or claims to be larger than is read
     */
    public HostTensor tensor(byte[] file) {
        return of(ImageFile.planes(file, shape(), resample));
    }

    /** An image as a batch of one. */
    public HostTensor tensor(BufferedImage image) {
        return of(ImageFile.planes(image, shape(), resample));
    }

    /**
     * A JPEG or PNG as a batch of one.
     *
     * @throws QuireException when it is missing or broken
     */
    public HostTensor tensor(Path file) {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new QuireException("there is no file " + file, e);
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage(), e);
        }
        try {
            return tensor(content);
        } catch (QuireException e) {
            throw new QuireException(file + ": " + e.getMessage(), e);
        }
    }

    private Shape shape() {
        return Shape.of(channels, height, width);
    }

    /** Pixels of this size, one channel after another, as a batch of one. */
    HostTensor of(byte[] planes) {
        ByteBuffer out = ByteBuffer.allocateDirect(planes.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int pixels = height * width;
        for (int channel = 0; channel < channels; channel++) {
            double mean = means.get(means.size() == 1 ? 0 : channel);
            double deviation = deviations.get(means.size() == 1 ? 0 : channel);
            for (int i = 0; i < pixels; i++) {
                int at = channelsLast ? i * channels + channel : channel * pixels + i;
                byte pixel = planes[channel * pixels + i];
                if (type == DType.UINT8) {
                    out.put(at, pixel);
                } else {
                    out.putFloat(at * Float.BYTES, (float) (((pixel & 0xff) * scale - mean) / deviation));
                }
            }
        }
        return channelsLast
                ? HostTensor.of(type, out, 1, height, width, channels)
                : HostTensor.of(type, out, 1, channels, height, width);
    }

    /** {@code 3x224x224, scaled by 0.003922, mean 0.5, deviation 0.5}. */
    @Override
    public String toString() {
        String size = channelsLast ? height + "x" + width + "x" + channels : channels + "x" + height + "x" + width;
        String how = resample == Resampling.BILINEAR ? size : size + " by " + resample;
        return type == DType.UINT8
                ? how + ", pixels from 0 to 255"
                : "%s, scaled by %.4g, mean %s, deviation %s".formatted(how, scale, text(means), text(deviations));
    }

    private static String text(List<Double> values) {
        return values.size() == 1 ? values.get(0).toString() : values.toString();
    }
}
