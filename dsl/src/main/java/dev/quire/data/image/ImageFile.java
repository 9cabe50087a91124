package dev.quire.data.image;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Field;
import dev.quire.data.Split;
import dev.quire.data.Values;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** An image file by itself, as a network trained on images is given it. */
public final class ImageFile {
    private static final int RANK = 3;

    private ImageFile() {}

    /**
     * The file as an example like those of a dataset: in their size and with their channels. Its target is empty.
     *
     * @param data whose only input is the pixels of images, 1 or 3 channels
     * @param file a JPEG or PNG
     * @throws QuireException when the file is missing or broken, or the data is not of images
     */
    public static Example like(Dataset data, Path file) {
        Field field = data.inputs().get(0);
        boolean isPixels = field.type() == DType.UINT8 && field.shape().rank() == RANK;
        if (data.inputs().size() > 1
                || !isPixels
                || (field.shape().size(0) != 1 && field.shape().size(0) != 3)) {
            throw new QuireException(file + " cannot be given to a network trained on " + data.name()
                    + ": its input is " + data.inputs()
                    + ", and an image file gives pixels from 0 to 255 in 1 or 3 channels; give it an example instead");
        }
        try {
            byte[] planes = planes(
                    Decoder.decode(Files.readAllBytes(file), (int) field.shape().size(0)),
                    field.shape(),
                    Resampling.BILINEAR);
            Values values = new Values(field, ByteBuffer.wrap(planes));
            return new Example(data, Split.TEST, 0, List.of(values), new Values(data.target(), ByteBuffer.allocate(0)));
        } catch (NoSuchFileException e) {
            throw new QuireException("there is no file " + file, e);
        } catch (BrokenImage e) {
            throw new QuireException(file + " " + e.getMessage(), e);
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The pixels of a JPEG or PNG, from 0 to 255: one channel after another, row by row.
     *
     * @param file its content
     * @param shape channels, 1 or 3, then the height and width to bring it to
     * @param how it is brought to them
     * @throws QuireException when it is broken, or claims to be larger than is read
     */
    public static byte[] planes(byte[] file, Shape shape, Resampling how) {
        try {
            return planes(Decoder.decode(file, (int) shape.size(0)), shape, how);
        } catch (BrokenImage e) {
            throw new QuireException("the image " + e.getMessage(), e);
        }
    }

    /** As {@link #planes(BufferedImage, Shape, Resampling)}, bilinear. */
    public static byte[] planes(BufferedImage image, Shape shape) {
        return planes(image, shape, Resampling.BILINEAR);
    }

    /** As {@link #planes(byte[], Shape, Resampling)}, of an image that is decoded. */
    public static byte[] planes(BufferedImage image, Shape shape, Resampling how) {
        return planes(Pixels.of(image, (int) shape.size(0)), shape, how);
    }

    private static byte[] planes(Pixels pixels, Shape shape, Resampling how) {
        return pixels.resized((int) shape.size(1), (int) shape.size(2), how).planes();
    }
}
