package dev.quire.kernel.machine;

import dev.quire.QuireException;
import dev.quire.engine.Torch;

/**
 * libtorch, after an attempt to load it.
 *
 * @param version empty where it does not load
 * @param threads how many one operation uses
 * @param gpus how many it sees
 * @param failure why it does not load; empty where it does
 */
record TorchState(String version, int threads, int gpus, String failure) {
    static TorchState load() {
        try {
            return new TorchState(Torch.version(), Torch.threads(), Torch.gpus(), "");
        } catch (QuireException e) {
            return new TorchState("", 0, 0, String.valueOf(e.getMessage()));
        }
    }

    Finding finding(Libtorch expected) {
        if (failure.isEmpty()) {
            return Finding.good("libtorch", version + ", " + expected.kind());
        }
        return Finding.bad(
                "libtorch",
                failure.replace(" Run ./quire doctor to see why.", ""),
                "the class path has libtorch " + expected,
                "Quire needs glibc 2.28 or newer on Linux, or macOS on Apple silicon, or 64-bit Windows",
                "a GPU without a network: set PYTORCH_LIBRARY_PATH, or QUIRE_DEVICE=cpu");
    }
}
