package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.model.Layer;
import dev.quire.model.json.ModelJson;
import dev.quire.train.Plan;
import dev.quire.train.json.SpecJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        return hash(data.fingerprint() + "\n" + data.transforms() + "\n" + data.augmentations());
    }

    /** A hash of all that decides how a run comes out. */
    static String run(Plan plan) {
        return hash(model(plan.model()) + "\n" + data(plan.data()) + "\n" + spec(plan));
    }

    private static String spec(Plan plan) {
        try {
            return SpecJson.write(plan.spec());
        } catch (QuireException ownClass) {
            return plan.spec().toString();
        }
    }

    static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
