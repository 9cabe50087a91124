package dev.quire.server.guard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Closes connections whose client takes too long to say what it wants, a byte at a time: what comes in resets the idle
 * timeout, so that alone would hold them for ever.
 */
public final class SlowClients extends AbstractLifeCycle implements Connection.Listener {
    private final long patience;
    private final Map<Connection, Asking> open = new ConcurrentHashMap<>();
    private final Map<SslConnection, Long> shaking = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "quire-slow-clients");
        thread.setDaemon(true);
        return thread;
    });

    /** How far a client has come with asking. */
    private static final class Asking {
        private volatile boolean isAnswered;
        private volatile long bytes;
        private volatile long since;
    }

    public SlowClients(Limits limits) {
        this.patience = TimeUnit.SECONDS.toNanos(limits.slowSeconds());
    }

    @Override
    protected void doStart() {
        clock.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    protected void doStop() {
        clock.shutdownNow();
        open.clear();
        shaking.clear();
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnection) {
            Asking fresh = new Asking();
            fresh.since = System.nanoTime();
            open.put(connection, fresh);
        } else if (connection instanceof SslConnection secure) {
            shaking.put(secure, System.nanoTime());
            secure.addHandshakeListener(new SslHandshakeListener() {
                @Override
                public void handshakeSucceeded(Event event) {
                    shaking.remove(secure);
                }
            });
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
        shaking.remove(connection);
    }

    /** A request has come with all its headers. */
    void begun(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        Asking asking = open.get(connection);
        if (asking != null) {
            asking.isAnswered = true;
            Request.addCompletionListener(request, failure -> {
                asking.bytes = connection.getBytesIn();
                asking.since = 0;
                asking.isAnswered = false;
            });
        }
    }

    private void look() {
        long now = System.nanoTime();
        shaking.forEach((connection, since) -> {
            if (now - since > patience) {
                shaking.remove(connection);
                connection.getEndPoint().close();
            }
        });
        open.forEach((connection, asking) -> {
            if (asking.isAnswered || connection.getBytesIn() == asking.bytes) {
                return;
            }
            if (asking.since == 0) {
                asking.since = now;
            } else if (now - asking.since > patience) {
                open.remove(connection);
                connection.getEndPoint().close();
            }
        });
    }
}
