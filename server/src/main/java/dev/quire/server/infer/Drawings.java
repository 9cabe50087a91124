package dev.quire.server.infer;

import dev.quire.QuireException;
import dev.quire.inference.Estimate;
import dev.quire.inference.ImageInput;
import dev.quire.inference.Model;
import dev.quire.inference.Models;
import dev.quire.run.Run;
import java.awt.image.BufferedImage;

/** What runs say of drawings. */
public final class Drawings {
    private Drawings() {}

    /**
     * What a run says of a drawing, brought to what it was trained on.
     *
     * @throws QuireException when the run takes no images, or has no classes
     * @throws dev.quire.server.http.Problem 400 when nothing is drawn
     */
    public static Estimate says(Run run, BufferedImage drawing) {
        try (Model model = Models.of(run)) {
            return says(model, drawing);
        }
    }

    /** As {@link #says(Run, BufferedImage)}, of a model that stays loaded. */
    public static Estimate says(Model model, BufferedImage drawing) {
        ImageInput how = model.card()
                .image()
                .orElseThrow(() ->
                        new QuireException(model.name() + " takes no images: draw for a run on MNIST or the digits"));
        return model.predict(Questions.drawn(drawing, model, how));
    }
}
