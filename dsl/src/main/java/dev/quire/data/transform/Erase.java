package dev.quire.data.transform;

import dev.quire.data.Field;
import dev.quire.graph.DType;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Makes a random rectangle of some images black (Zhong et al., Random Erasing Data Augmentation, 2017): of 2 to 33 % of
 * the area, from three times as wide as high to three times as high as wide.
 *
 * @param probability the part of the images, from 0 to 1
 */
public record Erase(double probability) implements Transform {
    private static final double LEAST = 0.02;
    private static final double MOST = 0.33;
    private static final double RATIO = 3;

    public Erase {
        Images.range("erase", probability, 0, 1);
    }

    @Override
    public Tensor apply(Scope scope, Tensor input) {
        Tensor images = input.cast(DType.FLOAT32);
        long height = images.size(2);
        long width = images.size(3);
        Tensor area = Term.draw(scope, 4).mul(MOST - LEAST).add(LEAST);
        Tensor ratio = Term.draw(scope, 4)
                .mul(2 * Math.log(RATIO))
                .add(-Math.log(RATIO))
                .exp();
        Tensor chosen = Term.draw(scope, 4).less(probability).cast(DType.FLOAT32);
        Tensor tall =
                area.mul(ratio).sqrt().mul(Math.sqrt((double) height * width)).clamp(0, (double) height);
        Tensor wide =
                area.div(ratio).sqrt().mul(Math.sqrt((double) height * width)).clamp(0, (double) width);
        Tensor rows = inside(scope, tall, height, 1).mul(chosen);
        Tensor columns = inside(scope, wide, width, 0);
        return images.mul(rows.mul(columns).mul(-1).add(1));
    }

    /** 1 at the pixels of a side that lie in a piece of some length at a random place, else 0. */
    private static Tensor inside(Scope scope, Tensor length, long side, int down) {
        List<Double> centres =
                DoubleStream.iterate(0.5, x -> x + 1).limit(side).boxed().toList();
        Tensor pixels = down == 1 ? scope.constant(centres, 1, 1, side, 1) : scope.constant(centres, 1, 1, 1, side);
        Tensor start = Term.draw(scope, 4).mul(length.mul(-1).add((double) side));
        Tensor fromMiddle = pixels.sub(start.add(length.mul(0.5))).abs();
        return fromMiddle.sub(length.mul(0.5)).less(0).cast(DType.FLOAT32);
    }

    @Override
    public void check(Field input) {
        Images.require(this, input);
    }
}
