package dev.quire.server.infer;

import dev.quire.QuireException;
import dev.quire.inference.Estimate;
import dev.quire.inference.ImageInput;
import dev.quire.inference.Model;
import java.awt.image.BufferedImage;

/** What runs say of drawings. */
public final class Drawings {
    private Drawings() {}

    /**
     * What a model says of a drawing, brought to what it was trained on.
     *
     * @throws QuireException when the model takes no images, or has no classes
     * @throws dev.quire.server.http.Problem 400 when nothing is drawn
     */
    public static Estimate says(Model model, BufferedImage drawing) {
        ImageInput how = model.card()
                .image()
                .orElseThrow(() ->
                        new QuireException(model.name() + " takes no images: draw for a run on MNIST or the digits"));
        return model.predict(Questions.drawn(drawing, model, how));
    }
}
