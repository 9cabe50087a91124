package dev.quire.server;

import java.nio.file.Path;

/**
 * What the server shows itself with over TLS.
 *
 * @param keyStore a PKCS12 file with a key and its certificates
 * @param password of the file
 */
public record Tls(Path keyStore, String password) {
    @Override
    public String toString() {
        return "Tls[" + keyStore + "]";
    }
}
