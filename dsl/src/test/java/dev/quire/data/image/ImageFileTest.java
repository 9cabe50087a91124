package dev.quire.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.Quire;
import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Progress;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {
    @TempDir
    Path folder;

    private Path picture(String name, int height, int width, Color color) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private Dataset photos(ImageOption... options) throws IOException {
        picture("photos/red/a.png", 8, 8, Color.RED);
        picture("photos/blue/a.png", 8, 8, Color.BLUE);
        return ImageFolder.standard(Progress.silent()).read(folder.resolve("photos"), options);
    }

    @Test
    void a_file_gets_the_size_and_channels_of_the_images_trained_on() throws IOException {
        Path file = picture("large.png", 30, 20, new Color(10, 20, 30));
        Example colour = ImageFile.like(photos(), file);
        assertThat(colour.floats()).hasSize(3 * 8 * 8);
        assertThat(Arrays.copyOfRange(colour.floats(), 64, 128)).containsOnly(20);
        Example grey = ImageFile.like(photos(Quire.grayscale()), file);
        assertThat(grey.floats()).hasSize(8 * 8).containsOnly(18);
        assertThat(grey.isLabelled()).isFalse();
        assertThat(grey.label()).isEmpty();
    }

    @Test
    void a_file_that_is_no_image_is_named() throws IOException {
        Dataset photos = photos();
        Path text = Files.writeString(folder.resolve("notes.png"), "not a picture");
        assertThatThrownBy(() -> ImageFile.like(photos, text))
                .isInstanceOf(QuireException.class)
                .hasMessage(text + " is not a JPEG or PNG");
        Path none = folder.resolve("none.png");
        assertThatThrownBy(() -> ImageFile.like(photos, none))
                .isInstanceOf(QuireException.class)
                .hasMessage("there is no file " + none);
    }

    @Test
    void a_network_that_reads_numbers_takes_no_file() {
        assertThatThrownBy(() -> ImageFile.like(Quire.iris(), Path.of("cat.png")))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("cat.png cannot be given to a network trained on iris: its input is")
                .hasMessageEndingWith("give it an example instead");
    }
}
