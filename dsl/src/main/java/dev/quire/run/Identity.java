package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Fingerprint;
import dev.quire.model.Layer;
import dev.quire.model.json.ModelJson;
import dev.quire.train.Plan;
import dev.quire.train.json.SpecJson;

/** What makes two runs the same: network, data and specification. */
final class Identity {
    private Identity() {}

    /** A network as text: JSON, or how it prints where a class of the user's own has no JSON. */
    static String model(Layer model) {
        try {
            return ModelJson.write(model);
        } catch (QuireException ownClass) {
            return model.toString();
        }
    }

    /** A hash of the examples of a dataset and what changes them. */
    static String data(Dataset data) {
        return Fingerprint.of(data.fingerprint() + "\n" + data.transforms() + "\n" + data.augmentations());
    }

    /** A hash of all that decides how a run comes out. */
    static String run(Plan plan) {
        return Fingerprint.of(model(plan.model()) + "\n" + data(plan.data()) + "\n" + spec(plan));
    }

    private static String spec(Plan plan) {
        try {
            return SpecJson.write(plan.spec());
        } catch (QuireException ownClass) {
            return plan.spec().toString();
        }
    }
}
