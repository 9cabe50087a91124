package dev.quire.server.bench;

import dev.quire.run.Run;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The same network behind what a Python user would write: FastAPI and uvicorn over ONNX Runtime, one thread each and as
 * many workers as there are processors. It is asked at the same path, with the same bodies.
 */
final class Peer implements AutoCloseable {
    static final String NAME = "FastAPI";

    private static final int PATIENCE = 60;
    private static final String PROGRAM = """
            import sys
            import numpy, onnxruntime, uvicorn
            from fastapi import FastAPI, Request

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            session = onnxruntime.InferenceSession("peer.onnx", options, providers=["CPUExecutionProvider"])
            given = session.get_inputs()[0]
            numbers = numpy.uint8 if "uint8" in given.type else numpy.float32
            app = FastAPI()

            @app.post("/v1/deployments/mnist/infer")
            async def infer(request: Request):
                rows = numpy.asarray((await request.json())["rows"], numbers).reshape(-1, 1, 28, 28)
                logits = session.run(None, {given.name: rows})[0]
                powers = numpy.exp(logits - logits.max(1, keepdims=True))
                shares = powers / powers.sum(1, keepdims=True)
                return {"results": [{"label": str(each.argmax()), "probabilities": each.tolist()} for each in shares]}

            @app.get("/healthz")
            async def health():
                return {}

            if __name__ == "__main__":
                uvicorn.run("peer:app", port=int(sys.argv[1]), workers=int(sys.argv[2]), log_level="error")
            """;

    private final @Nullable Process process;
    private final int port;

    private Peer(@Nullable Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where it is asked; empty where it is not there. */
    OptionalInt port() {
        return process == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** Starts it, or says why it is left out. */
    static Peer start(Run run, Path work) throws IOException, InterruptedException {
        Optional<String> python = Optional.ofNullable(System.getenv("QUIRE_PYTHON"));
        if (python.isEmpty()) {
            return none("QUIRE_PYTHON names no Python");
        }
        Process imports = new ProcessBuilder(python.get(), "-c", "import fastapi, uvicorn, onnxruntime")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (imports.waitFor() != 0) {
            return none("the Python of QUIRE_PYTHON has no fastapi, uvicorn and onnxruntime");
        }
        Path folder = Files.createTempDirectory(work, "peer");
        run.export(folder.resolve("peer.onnx").toString());
        Files.writeString(folder.resolve("peer.py"), PROGRAM);
        int port;
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        python.get(), "peer.py", port + "", Runtime.getRuntime().availableProcessors() + "")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Peer peer = new Peer(process, port);
        if (!peer.answers()) {
            peer.close();
            return none("it did not answer within " + PATIENCE + " s");
        }
        return peer;
    }

    private static Peer none(String why) {
        System.out.println(NAME + " is left out: " + why);
        return new Peer(null, 0);
    }

    private boolean answers() throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        for (int i = 0; i < PATIENCE * 4; i++) {
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return true;
                }
            } catch (IOException notYet) {
                // It still starts.
            }
            Thread.sleep(250);
        }
        return false;
    }

    /** Ends it, its workers included. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
