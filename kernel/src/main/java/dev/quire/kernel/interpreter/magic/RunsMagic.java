package dev.quire.kernel.interpreter.magic;

import dev.quire.kernel.session.CellResult;
import dev.quire.run.Runs;

/** The runs as a table. */
public record RunsMagic() implements Magic {
    @Override
    public String name() {
        return "%runs";
    }

    @Override
    public String usage() {
        return "%runs";
    }

    @Override
    public String purpose() {
        return "Lists the recorded runs and those of this session, oldest first.";
    }

    @Override
    public CellResult run(Call call) {
        call.expectNoArgument();
        return Call.value(Runs.list());
    }
}
