package dev.quire.server.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process that asks a server of all kinds of things for a while, and prints how many were answered, and how many were
 * not as they should be.
 *
 * <p>Arguments: port, seconds, requests a second, the name of a run on iris.
 */
public final class MixedLoad {
    private static final int CLIENTS = 4;
    private static final int JOB_EVERY = 400;
    private static final int SOCKET_EVERY = 50;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final String run;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private MixedLoad(String address, String run) {
        this.address = address;
        this.run = run;
    }

    public static void main(String[] arguments) throws InterruptedException {
        MixedLoad load = new MixedLoad("127.0.0.1:" + arguments[0], arguments[3]);
        long until = System.nanoTime() + Long.parseLong(arguments[1]) * 1_000_000_000L;
        long pause = CLIENTS * 1000L / Long.parseLong(arguments[2]);
        List<Thread> clients = new java.util.ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int seed = i;
            Thread client = new Thread(() -> load.ask(until, pause, seed));
            client.start();
            clients.add(client);
        }
        for (Thread client : clients) {
            client.join();
        }
        System.out.println(load.answered + " " + load.failed);
        System.exit(0);
    }

    private void ask(long until, long pause, int seed) {
        for (int i = seed; System.nanoTime() < until; i++) {
            try {
                one(i);
                Thread.sleep(pause);
            } catch (IOException e) {
                System.err.println(e);
                failed.incrementAndGet();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void one(int i) throws IOException, InterruptedException {
        if (i % JOB_EVERY == 0) {
            post("/v1/jobs", JOB, 201);
        } else if (i % SOCKET_EVERY == 0) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://" + address + "/v1/live"), new WebSocket.Listener() {})
                    .join();
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            answered.incrementAndGet();
        } else {
            switch (i % 8) {
                case 0 -> get("/v1/jobs?num=10", 200);
                case 1 -> get("/v1/models?num=5", 200);
                case 2 -> post("/v1/models/validate", NETWORK, 200);
                case 3 -> post("/v1/jobs", "{\"dataset\":", 400);
                case 4 -> get("/app/train", 200);
                case 5 -> get("/metrics", 200);
                default -> post("/v1/runs/" + run + "/infer", "{\"rows\":[[5.1,3.5,1.4,0.2],[6,3,5,2]]}", 200);
            }
        }
    }

    static final String NETWORK = "{\"version\":1,\"type\":\"sequential\",\"layers\":[{\"type\":\"dense\",\"units\":8},"
            + "{\"type\":\"relu\"},{\"type\":\"dense\",\"units\":3}]}";

    static final String JOB = "{\"overwrite\":true,\"name\":\"mixed\",\"dataset\":\"iris\",\"network\":" + NETWORK
            + ",\"configuration\":{\"epochs\":2,\"seed\":1}}";

    private void get(String path, int expected) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create("http://" + address + path)).build(), expected);
    }

    private void post(String path, String body, int expected) throws IOException, InterruptedException {
        send(
                HttpRequest.newBuilder(URI.create("http://" + address + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                expected);
    }

    private void send(HttpRequest request, int expected) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        answered.incrementAndGet();
        if (answer.statusCode() != expected) {
            failed.incrementAndGet();
            System.err.println(request + " answered " + answer.statusCode() + " " + answer.body());
        }
    }
}
