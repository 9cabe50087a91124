package dev.quire.kernel.interpreter.magic;

import dev.quire.QuireException;
import dev.quire.kernel.session.CellResult;
import dev.quire.view.Display;

/** The whole trace of what went wrong last, which errors leave out. */
public record TraceMagic() implements Magic {
    @Override
    public String name() {
        return "%trace";
    }

    @Override
    public String usage() {
        return "%trace";
    }

    @Override
    public String purpose() {
        return "Shows the full stack trace of the last error.";
    }

    @Override
    public CellResult run(Call call) {
        call.expectNoArgument();
        return Call.value(Display.text(call.session()
                .lastTrace()
                .orElseThrow(() -> new QuireException("no cell of this session has thrown an exception"))
                .strip()));
    }
}
