package dev.quire.train.json;

import dev.quire.train.Loss;
import dev.quire.train.Optimizer;
import dev.quire.train.Schedule;
import java.util.List;

/**
 * How one kind of optimizer, curve or loss is written: a row of the table that makes files.
 *
 * @param word the {@code type} in a file
 * @param usual one of the kind, whose fields are what is left out
 */
record Word(String word, Record usual) {
    /** All of them. */
    static final List<Word> ALL = List.of(
            new Word("sgd", new Optimizer.Sgd(0.01, 0, false, 0)),
            new Word("adam", new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 0, false)),
            new Word("adamW", new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.01, false)),
            new Word("rmsProp", new Optimizer.RmsProp(0.01, 0.99, 1e-8, 0, 0, false)),
            new Word("adagrad", new Optimizer.Adagrad(0.01, 0, 1e-10, 0, 0)),
            new Word("adadelta", new Optimizer.Adadelta(1, 0.9, 1e-6, 0)),
            new Word("constant", new Schedule.Constant()),
            new Word("step", new Schedule.Step(0.3, 0.1)),
            new Word("exponential", new Schedule.Exponential(0.99)),
            new Word("linear", new Schedule.Linear(0)),
            new Word("cosine", new Schedule.Cosine(0)),
            new Word("oneCycle", Schedule.OneCycle.to(0)),
            new Word("crossEntropy", Loss.CrossEntropy.plain()),
            new Word("nll", new Loss.NegativeLogLikelihood()),
            new Word("mse", new Loss.MeanSquared()),
            new Word("l1", new Loss.MeanAbsolute()),
            new Word("huber", new Loss.Huber(1)),
            new Word("smoothL1", new Loss.SmoothL1(1)),
            new Word("bce", new Loss.BinaryCrossEntropy()),
            new Word("kl", new Loss.KullbackLeibler()));

    /** The words for a family, such as all optimizers. */
    static List<Word> of(Class<?> family) {
        return ALL.stream().filter(row -> family.isInstance(row.usual())).toList();
    }
}
