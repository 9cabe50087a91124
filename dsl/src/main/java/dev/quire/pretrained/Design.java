package dev.quire.pretrained;

import static dev.quire.model.Layers.block;
import static dev.quire.model.Layers.dense;

import dev.quire.model.Block;
import dev.quire.model.Dropout;
import dev.quire.model.Layer;
import dev.quire.model.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The sizes of a well-known network, and the layers that follow from them. */
interface Design {
    /** A layer that does nothing, for a place that may be left empty. */
    Layer NOTHING = new Sequential(List.of());

    /** All but the head. */
    List<Layer> body();

    /** What comes between body and outputs. */
    default List<Layer> head(int outputs) {
        return List.of(block("head", dense(outputs)));
    }

    /** The network with its head. */
    default Layer network(int outputs) {
        List<Layer> all = new ArrayList<>(body());
        all.addAll(head(outputs));
        return new Sequential(all);
    }

    /** The network without a head. */
    default Layer backbone() {
        return new Sequential(body());
    }

    /** Named layers under a name; a single one keeps its own too. */
    static Layer group(String name, List<Layer> layers) {
        return new Block(name, new Sequential(layers));
    }

    /** Dropout, or nothing at a rate of 0. */
    static Layer dropout(double rate) {
        return rate == 0 ? NOTHING : new Dropout(rate);
    }

    /** Layers without those that do nothing. */
    static Layer[] kept(Layer... layers) {
        return Arrays.stream(layers).filter(layer -> layer != NOTHING).toArray(Layer[]::new);
    }
}
