package dev.quire.kernel.jupyter.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.zeromq.ZMQ;

/**
 * One socket and the thread that owns it: a ZeroMQ socket must not be shared. Any thread may send; what comes is
 * handled on the thread of the channel. Nothing polls: the thread sleeps until there is something to do.
 */
public final class Channel implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 2000;

    /** Not the threads of cells, which may be interrupted: a pipe that a thread writes to meanwhile is closed for good. */
    private static final Executor RINGER = Executors.newSingleThreadExecutor(task -> {
        Thread ringer = new Thread(task, "quire-ringer");
        ringer.setDaemon(true);
        return ringer;
    });

    private final String name;
    private final ZMQ.Context context;
    private final ZMQ.Socket socket;
    private final Received received;
    private final KernelLog log;
    private final Deque<List<byte[]>> outgoing = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Pipe bell;
    private final Thread thread;
    private volatile boolean closing;

    /** Takes the frames that came. */
    @FunctionalInterface
    interface Received {
        void frames(List<byte[]> frames) throws BadMessage;
    }

    Channel(String name, ZMQ.Context context, ZMQ.Socket socket, Received received, KernelLog log) {
        this.name = name;
        this.context = context;
        this.socket = socket;
        this.received = received;
        this.log = log;
        try {
            bell = Pipe.open();
            bell.source().configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::serve, "quire-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Sends these frames after those that were sent before. Once the channel is closed, nothing happens. */
    void send(List<byte[]> frames) {
        outgoing.add(frames);
        ring();
    }

    /** Sends these frames before those that wait. */
    void sendFirst(List<byte[]> frames) {
        outgoing.addFirst(frames);
        ring();
    }

    private void ring() {
        if (!woken.getAndSet(true)) {
            RINGER.execute(this::pull);
        }
    }

    private void pull() {
        try {
            bell.sink().write(ByteBuffer.wrap(new byte[1]));
        } catch (IOException e) {
            if (!closing) {
                log.fault("the " + name + " channel", e);
            }
        }
    }

    private void serve() {
        try (ZMQ.Poller poller = context.poller(2)) {
            poller.register(socket, ZMQ.Poller.POLLIN);
            int rung = poller.register(bell.source(), ZMQ.Poller.POLLIN);
            while (!closing || !outgoing.isEmpty()) {
                poller.poll(-1);
                if (poller.pollin(rung)) {
                    bell.source().read(ByteBuffer.allocate(8));
                    woken.set(false);
                }
                // First read, then write: who subscribes hears of it before anything else.
                read();
                write();
            }
        } catch (Throwable fault) {
            log.fault("the " + name + " channel has ended", fault);
        } finally {
            socket.close();
        }
    }

    private void write() {
        for (List<byte[]> frames = outgoing.poll(); frames != null; frames = outgoing.poll()) {
            int last = frames.size() - 1;
            for (int i = 0; i <= last; i++) {
                socket.send(frames.get(i), i < last ? ZMQ.SNDMORE : 0);
            }
        }
    }

    /** A message that fails is logged; whatever it does, the next one is read. */
    private void read() {
        for (byte[] first = socket.recv(ZMQ.DONTWAIT); first != null; first = socket.recv(ZMQ.DONTWAIT)) {
            List<byte[]> frames = new ArrayList<>();
            frames.add(first);
            while (socket.hasReceiveMore()) {
                frames.add(socket.recv(0));
            }
            try {
                received.frames(frames);
            } catch (BadMessage bad) {
                log.say("dropped a message on " + name + ": " + bad.getMessage());
            } catch (Throwable fault) {
                log.fault("a message on " + name + " failed", fault);
            }
            write();
        }
    }

    /** Sends what is left and ends. */
    @Override
    public void close() {
        closing = true;
        if (thread.getState() == Thread.State.NEW) {
            socket.close();
            return;
        }
        woken.set(false);
        ring();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(PATIENCE_MILLIS);
            bell.sink().close();
            bell.source().close();
        } catch (IOException e) {
            log.fault("the " + name + " channel", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
