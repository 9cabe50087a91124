package dev.quire.engine;

import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import dev.quire.compile.torchscript.Script;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Scripts that libtorch has compiled. libtorch does not give back all that a script took, so a cell that is run again
 * must not load the same script again: it is kept, for as many different scripts as a session is likely to have.
 */
final class Modules {
    private static final int KEPT = 64;

    private static final Map<Key, PtSymbolBlock> LOADED = new HashMap<>();

    private record Key(Device device, String text) {}

    private Modules() {}

    /** The compiled script, owned by the session, or by the arena where the session has enough of them. */
    static synchronized PtSymbolBlock of(Arena arena, Script script) {
        Key key = new Key(arena.device(), script.text());
        PtSymbolBlock known = LOADED.get(key);
        if (known != null) {
            return known;
        }
        if (LOADED.size() >= KEPT) {
            return load(arena, script);
        }
        PtSymbolBlock loaded = load(Arena.on(arena.device()), script);
        LOADED.put(key, loaded);
        return loaded;
    }

    private static PtSymbolBlock load(Arena owner, Script script) {
        return LargeStack.callIf(Program.isDeep(script), () -> {
            try {
                return JniUtils.loadModule(owner.djl(), new ByteArrayInputStream(script.archive()), true, false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
