package dev.quire.kernel.jupyter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What cells print, gathered into few messages: sent after 50 ms, at 64 KB, or before anything that must come later.
 * Both streams share it, so that their order is kept.
 */
final class StreamBuffer {
    private static final int LIMIT = 1 << 16;
    private static final long DELAY_MILLIS = 50;

    private final Origins origins;
    private final Sink sink;
    private final ScheduledExecutorService timer;
    private final Flow flow = new Flow();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Map<String, Segment> halves = new HashMap<>();
    private int size;

    /** Takes text of one stream. */
    @FunctionalInterface
    interface Sink {
        void text(Origin origin, String stream, String text);
    }

    /** Bytes in a row of one stream, for one request. */
    private static final class Segment {
        private final String stream;
        private final Origin origin;
        private byte[] bytes;
        private int length;

        Segment(String stream, Origin origin) {
            this.stream = stream;
            this.origin = origin;
            this.bytes = new byte[256];
        }

        void append(byte[] source, int offset, int count) {
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
            }
            System.arraycopy(source, offset, bytes, length, count);
            length += count;
        }
    }

    StreamBuffer(Origins origins, Sink sink, ScheduledExecutorService timer) {
        this.origins = origins;
        this.sink = sink;
        this.timer = timer;
    }

    void write(String stream, byte[] bytes, int offset, int count) {
        Origin origin = origins.current();
        int end = offset + count;
        for (int from = offset; from < end; ) {
            int taken;
            synchronized (this) {
                taken = Math.min(end - from, LIMIT - size);
                append(stream, origin, bytes, from, taken);
            }
            from += taken;
            flow.passed(taken);
        }
    }

    private void append(String stream, Origin origin, byte[] bytes, int offset, int count) {
        Segment last = segments.peekLast();
        if (last == null || !last.stream.equals(stream) || last.origin != origin) {
            last = new Segment(stream, origin);
            segments.add(last);
        }
        last.append(bytes, offset, count);
        if (size == 0) {
            timer.schedule(this::flush, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
        size += count;
        if (size >= LIMIT) {
            flush();
        }
    }

    /** Sends what was written so far, except for the beginning of a character whose rest is still to come. */
    synchronized void flush() {
        for (Segment segment = segments.poll(); segment != null; segment = segments.poll()) {
            emit(segment);
        }
        size = 0;
    }

    private void emit(Segment segment) {
        Segment half = halves.remove(segment.stream);
        Segment whole = segment;
        if (half != null && half.origin == segment.origin) {
            half.append(segment.bytes, 0, segment.length);
            whole = half;
        } else if (half != null) {
            send(half, half.length);
        }
        int count = Utf8.whole(whole.bytes, whole.length);
        if (count < whole.length) {
            Segment rest = new Segment(whole.stream, whole.origin);
            rest.append(whole.bytes, count, whole.length - count);
            halves.put(rest.stream, rest);
        }
        send(whole, count);
    }

    private void send(Segment segment, int count) {
        if (count > 0) {
            sink.text(segment.origin, segment.stream, new String(segment.bytes, 0, count, StandardCharsets.UTF_8));
        }
    }
}
