package dev.quire.kernel.interpreter.magic;

import dev.quire.kernel.session.CellResult;
import dev.quire.view.Grid;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lists the magics.
 *
 * @param others all but this one
 */
public record MagicsMagic(List<Magic> others) implements Magic {
    public MagicsMagic {
        others = List.copyOf(others);
    }

    @Override
    public String name() {
        return "%magics";
    }

    @Override
    public String usage() {
        return "%magics";
    }

    @Override
    public String purpose() {
        return "Lists what a cell can hold besides Java.";
    }

    @Override
    public CellResult run(Call call) {
        call.expectNoArgument();
        List<List<String>> rows = Stream.concat(others.stream(), Stream.of(this))
                .sorted(Comparator.comparing(Magic::name))
                .map(magic -> List.of(magic.usage(), magic.purpose()))
                .toList();
        return Call.value(
                new Grid(List.of(Grid.Column.words("magic"), Grid.Column.words("what it does")), rows, List.of(), ""));
    }
}
