package dev.quire.server.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process that asks a server of all kinds of things for a while, and prints how many were answered, how many were not
 * as they should be, and how many jobs were among them.
 *
 * <p>Arguments: port, seconds, requests a second (0 for as many as are answered), the name of a run on iris.
 */
public final class MixedLoad {
    private static final int CLIENTS = 4;
    private static final long JOB_EVERY = 5_000_000_000L;
    private static final int SOCKET_EVERY = 50;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final String run;
    private final long began = System.nanoTime();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong jobs = new AtomicLong();

    private MixedLoad(String address, String run) {
        this.address = address;
        this.run = run;
    }

    public static void main(String[] arguments) throws InterruptedException {
        MixedLoad load = new MixedLoad("127.0.0.1:" + arguments[0], arguments[3]);
        long until = load.began + Long.parseLong(arguments[1]) * 1_000_000_000L;
        double rate = Double.parseDouble(arguments[2]);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> load.ask(until, rate));
            client.start();
            clients.add(client);
        }
        for (Thread client : clients) {
            client.join();
        }
        System.out.println(load.answered + " " + load.failed + " " + load.jobs);
        System.exit(0);
    }

    private void ask(long until, double rate) {
        while (System.nanoTime() < until) {
            int i = (int) asked.getAndIncrement();
            try {
                long due = rate == 0 ? 0 : began + (long) (i * 1e9 / rate) - System.nanoTime();
                if (due > 0) {
                    TimeUnit.NANOSECONDS.sleep(due);
                }
                one(i);
            } catch (IOException e) {
                System.err.println(e);
                failed.incrementAndGet();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void one(int i) throws IOException, InterruptedException {
        long due = jobs.get() * JOB_EVERY;
        if (System.nanoTime() - began >= due && jobs.compareAndSet(due / JOB_EVERY, due / JOB_EVERY + 1)) {
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
