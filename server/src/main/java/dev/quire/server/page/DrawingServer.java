package dev.quire.server.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quire.QuireException;
import dev.quire.inference.Estimate;
import dev.quire.inference.Model;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Token;
import dev.quire.server.infer.Drawings;
import dev.quire.server.infer.Images;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Answers the canvases of notebook cells, on a port of the loopback address that is free. A cell shows a token of its
 * own, which names its run; pages of any origin may ask, as a cell has none, and without a token none is answered.
 */
final class DrawingServer {
    private static final int MOST_BYTES = 4_000_000;
    private static final long MOST_PIXELS = 4_000_000;
    private static final int MOST_CELLS = 8;
    private static final int THREADS = 2;
    private static final String DATA_URL = "data:image/png;base64,";

    private static @Nullable DrawingServer shared;

    private final HttpServer server;
    private final Images images = new Images(MOST_PIXELS);
    private final Map<String, Cell> cells = new LinkedHashMap<>();

    private record Cell(String token, Model model) {}

    /** What is told of a drawing, as the routes for inference tell it. */
    record Told(List<String> classes, List<Result> results) {
        record Result(String label, double probability, List<Float> probabilities) {}
    }

    private DrawingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "quire-draw");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        // Its own thread is a daemon only when it is started from one.
        Thread starting = new Thread(server::start, "quire-draw-start");
        starting.setDaemon(true);
        starting.start();
    }

    /** The one of this process, started when it is first asked for. */
    static synchronized DrawingServer shared() {
        if (shared == null) {
            try {
                shared = new DrawingServer();
            } catch (IOException e) {
                throw new QuireException(
                        "draw: no port of the loopback address could be opened: " + e.getMessage()
                                + ": allow this process to listen on 127.0.0.1",
                        e);
            }
        }
        return shared;
    }

    /**
     * Answers for a model from now on, in place of an earlier one of this name.
     *
     * @return the address of its cell
     */
    String add(String name, Model model) {
        synchronized (cells) {
            Cell before = cells.remove(name);
            if (before == null && cells.size() == MOST_CELLS) {
                before = cells.remove(cells.keySet().iterator().next());
            }
            if (before != null) {
                before.model().close();
            }
            Cell cell = new Cell(Token.fresh(24), model);
            cells.put(name, cell);
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + cell.token();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            String text;
            try {
                text = Json.text(told(exchange));
            } catch (Problem problem) {
                status = problem.status();
                text = problem.json();
            } catch (QuireException said) {
                Problem problem = Problem.of(said);
                status = problem.status();
                text = problem.json();
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", status == 200 ? "application/json" : Problem.MEDIA_TYPE);
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Told told(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestURI().getPath().substring(1);
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (!exchange.getRequestMethod().equals("POST")) {
            throw new Problem(405, "a drawing is sent with POST", "draw on the canvas of the cell");
        }
        if (body.length > MOST_BYTES) {
            throw new Problem(413, "the drawing is larger than 4 MB", "send a smaller one");
        }
        Images.Sent sent = new Images.Sent("drawing", png(new String(body, StandardCharsets.US_ASCII)));
        Estimate estimate;
        synchronized (cells) {
            Model model = find(token)
                    .orElseThrow(() -> new Problem(403, "this cell has been replaced by a newer one", "run it again"));
            estimate = images.decoded(sent, image -> Drawings.says(model, image));
        }
        return new Told(
                estimate.classes(),
                List.of(new Told.Result(estimate.label(), estimate.probability(), listed(estimate.values()))));
    }

    private static List<Float> listed(float[] values) {
        List<Float> out = new ArrayList<>(values.length);
        for (float value : values) {
            out.add(value);
        }
        return out;
    }

    private Optional<Model> find(String token) {
        return cells.values().stream()
                .filter(cell -> Token.isEqual(cell.token(), token))
                .map(Cell::model)
                .findFirst();
    }

    private static byte[] png(String dataUrl) {
        if (!dataUrl.startsWith(DATA_URL)) {
            throw Problem.bad("the drawing is no data address of a PNG", "begin it with " + DATA_URL);
        }
        try {
            return Base64.getDecoder().decode(dataUrl.substring(DATA_URL.length()));
        } catch (IllegalArgumentException e) {
            throw Problem.bad("the drawing is no base64", "send it as canvas.toDataURL() gives it");
        }
    }
}
