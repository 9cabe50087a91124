package dev.quire.data.known;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** A file at an address, read from where a partial copy ends. Redirects are followed, but not into a private network. */
final class RemoteFile {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 30_000;
    private static final int REDIRECTS = 5;
    private static final int BUFFER = 1 << 16;

    private final URI url;
    private final long most;

    /**
     * @param url an address of http or https
     * @param most the most bytes the file may have
     */
    RemoteFile(URI url, long most) {
        this.url = url;
        this.most = most;
    }

    /** Is told how many bytes there are, of how many, -1 when that is not known. */
    interface Listener {
        void received(long done, long total);
    }

    /** The server answered, and asking again would not help. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** What went wrong, in words: the message of some exceptions is only a host name. */
    static String reason(IOException e) {
        return e instanceof UnknownHostException
                ? "the host is not known, or there is no network"
                : "" + e.getMessage();
    }

    /**
     * Appends what is missing.
     *
     * @throws Refused when the server does not give the file
     * @throws IOException when the connection is cut; what came is in the file
     */
    void appendTo(Path part, Listener listener) throws IOException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        HttpURLConnection connection = open(have);
        try {
            int status = connection.getResponseCode();
            if (status == 416 && have > 0) {
                Files.delete(part);
                connection.disconnect();
                appendTo(part, listener);
                return;
            }
            if (status != 200 && status != 206) {
                throw new Refused("HTTP " + status);
            }
            boolean resumed = status == 206 && startsAt(connection, have);
            receive(connection, part, resumed ? have : 0, listener);
        } finally {
            connection.disconnect();
        }
    }

    private static boolean startsAt(HttpURLConnection connection, long have) throws IOException {
        String range = connection.getHeaderField("Content-Range");
        if (range == null || !range.startsWith("bytes " + have + "-")) {
            throw new Refused("asked for the bytes from " + have + " on, the server sent " + range);
        }
        return true;
    }

    private void receive(HttpURLConnection connection, Path part, long have, Listener listener) throws IOException {
        long length = connection.getContentLengthLong();
        long total = length < 0 ? -1 : have + length;
        long done = have;
        boolean tooLarge = false;
        try (InputStream in = connection.getInputStream();
                OutputStream out = Files.newOutputStream(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        have > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = read(in, buffer, done); n >= 0 && !tooLarge; n = read(in, buffer, done)) {
                out.write(buffer, 0, n);
                done += n;
                listener.received(done, total);
                tooLarge = done > most;
                if (Thread.currentThread().isInterrupted()) {
                    throw new Refused("the download was interrupted; the next one goes on from here");
                }
            }
        }
        if (tooLarge) {
            Files.delete(part);
            throw new Refused("more than %,d bytes: it is not the file expected".formatted(most));
        }
        if (total >= 0 && done < total) {
            throw new IOException("the connection was cut after %,d of %,d bytes".formatted(done, total));
        }
    }

    /** Some versions of Java tell a cut connection by an exception, others by an early end. */
    private static int read(InputStream in, byte[] buffer, long done) throws IOException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new IOException("the connection was cut after %,d bytes (%s)".formatted(done, e.getMessage()), e);
        }
    }

    private HttpURLConnection open(long from) throws IOException {
        URI at = url;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            String scheme = String.valueOf(at.getScheme());
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw new Refused("the address " + at + " is not one of http or https");
            }
            HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setRequestProperty("Accept-Encoding", "identity");
            connection.setRequestProperty("User-Agent", "quire");
            if (from > 0) {
                connection.setRequestProperty("Range", "bytes=" + from + "-");
            }
            int status = connection.getResponseCode();
            if (status < 300 || status >= 400 || status == 304) {
                return connection;
            }
            String location = connection.getHeaderField("Location");
            connection.disconnect();
            at = redirect(at, location, status);
        }
        throw new Refused("more than " + REDIRECTS + " redirects");
    }

    private static URI redirect(URI from, String location, int status) throws IOException {
        if (location == null) {
            throw new Refused("HTTP " + status + " without an address to go to");
        }
        URI to = from.resolve(location);
        if (isPrivate(to) && !isPrivate(from)) {
            throw new Refused("it redirects to " + to + ", which is in a private network");
        }
        return to;
    }

    /** Whether any address of the host is one that the Internet does not reach. */
    private static boolean isPrivate(URI address) {
        try {
            return Stream.of(InetAddress.getAllByName(address.getHost())).anyMatch(RemoteFile::isPrivate);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isPrivate(InetAddress host) {
        byte[] bytes = host.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean isShared = first == 0 || (first == 100 && (second & 0xc0) == 64) || first == 255;
        return host.isLoopbackAddress()
                || host.isLinkLocalAddress()
                || host.isSiteLocalAddress()
                || host.isAnyLocalAddress()
                || host.isMulticastAddress()
                || (host instanceof Inet4Address ? isShared : (first & 0xfe) == 0xfc);
    }
}
