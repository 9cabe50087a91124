package dev.quire.model;

import dev.quire.graph.ArithmeticOps;
import dev.quire.graph.Attributes;
import dev.quire.graph.DType;
import dev.quire.graph.Init;
import dev.quire.graph.Op;
import dev.quire.graph.Scope;
import dev.quire.graph.SequenceOps;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A recurrent network over sequences {@code [N, length, in]}: long short-term memory (Hochreiter and Schmidhuber 1997)
 * or gated recurrent units (Cho et al. 2014). Gives {@code [N, length, units]}, or the last state {@code [N, units]};
 * twice the units where it reads both ways. Parameters and their start are those of PyTorch's {@code LSTM} and
 * {@code GRU}.
 *
 * @param cell which
 * @param units the size of a state, at least 1
 * @param layers how many, one reading the sequence of the other
 * @param bidirectional whether it also reads from the end; the states of both ways are joined
 * @param lastState whether to give the state after the last place alone; of the way back, that after the first
 * @param dropout what to drop between layers in training
 */
public record Recurrent(Cell cell, int units, int layers, boolean bidirectional, boolean lastState, double dropout)
        implements Unary {
    /** What is repeated along the sequence. */
    public enum Cell {
        LSTM("lstm", SequenceOps.LSTM, 4, 2),
        GRU("gru", SequenceOps.GRU, 3, 1);

        private final String word;
        private final Op op;
        private final int gates;
        private final int states;

        Cell(String word, Op op, int gates, int states) {
            this.word = word;
            this.op = op;
            this.gates = gates;
            this.states = states;
        }

        /** The word that makes it. */
        public String word() {
            return word;
        }
    }

    public Recurrent {
        Check.positive(cell.word, "units", units);
        Check.positive(cell.word, "layers", layers);
        Check.rate(cell.word, dropout);
    }

    private int ways() {
        return bidirectional ? 2 : 1;
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        Sequences.expect(input);
        List<List<Tensor>> weights = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            weights.add(weights(scope, layer, layer == 0 ? input.size(2) : (long) units * ways()));
        }
        Tensor out = input;
        if (scope.training() && dropout > 0 && layers > 1) {
            for (int layer = 0; layer < layers; layer++) {
                out = run(scope, layer == 0 ? out : new Dropout(dropout).forward(scope, out), 1, weights.get(layer));
            }
        } else {
            out = run(scope, out, layers, weights.stream().flatMap(List::stream).toList());
        }
        return lastState ? last(out) : out;
    }

    private List<Tensor> weights(Scope scope, int layer, long in) {
        Init init = new Init.Uniform(1 / Math.sqrt(units));
        long rows = (long) cell.gates * units;
        List<Tensor> out = new ArrayList<>();
        for (int way = 0; way < ways(); way++) {
            String suffix = "_l" + layer + (way == 0 ? "" : "_reverse");
            out.add(scope.parameter("weight_ih" + suffix, init, rows, in));
            out.add(scope.parameter("weight_hh" + suffix, init, rows, units));
            out.add(scope.parameter("bias_ih" + suffix, init, rows));
            out.add(scope.parameter("bias_hh" + suffix, init, rows));
        }
        return out;
    }

    private Tensor run(Scope scope, Tensor input, int count, List<Tensor> weights) {
        Tensor zeros = scope.add(
                ArithmeticOps.FULL,
                Attributes.of("shape", Shape.of((long) count * ways(), input.size(0), units))
                        .with("value", 0.0)
                        .with("dtype", DType.FLOAT32));
        List<Tensor> operands = new ArrayList<>(List.of(input));
        for (int i = 0; i < cell.states; i++) {
            operands.add(zeros);
        }
        operands.addAll(weights);
        Attributes attributes = Attributes.of("units", units)
                .with("layers", count)
                .with("bidirectional", bidirectional)
                .with("dropout", 0.0)
                .with("training", scope.training());
        return scope.node(cell.op, attributes, operands).output(0);
    }

    private Tensor last(Tensor states) {
        long length = states.size(1);
        Tensor forth = states.slice(1, length - 1, length).slice(2, 0, units);
        Tensor both =
                bidirectional ? forth.concat(2, List.of(states.slice(1, 0, 1).slice(2, units, 2L * units))) : forth;
        return both.reshape(Shape.of(both.size(0), both.size(2)));
    }

    @Override
    public String toString() {
        return cell.word + "(" + units + (layers == 1 ? "" : ", layers(" + layers + ")")
                + (bidirectional ? ", bidirectional()" : "") + (lastState ? ", lastState()" : "")
                + (dropout == 0 ? ")" : ", dropout(" + dropout + "))");
    }
}
