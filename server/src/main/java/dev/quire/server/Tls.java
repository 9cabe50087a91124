package dev.quire.server;

import dev.quire.QuireException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;

/**
 * What the server shows itself with over TLS.
 *
 * @param keyStore a PKCS12 file with a key and its certificates
 * @param password of the file
 */
public record Tls(Path keyStore, String password) {
    private static final String TYPE = "PKCS12";

    /**
     * The key and its certificates.
     *
     * @throws QuireException when there is no file, the password is another, or no key is in it
     */
    KeyStore keys() {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore keys = KeyStore.getInstance(TYPE);
            keys.load(in, password.toCharArray());
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.isKeyEntry(alias)) {
                    return keys;
                }
            }
            throw new QuireException("the key store " + keyStore
                    + " holds certificates and no key: put the key in too, or name the file that has it");
        } catch (NoSuchFileException e) {
            throw new QuireException(
                    "there is no key store " + keyStore
                            + ": correct its name, or make one: keytool -genkeypair -keyalg EC -storetype PKCS12"
                            + " -keystore server.p12",
                    e);
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException
                    ? new QuireException(
                            "the key store " + keyStore
                                    + " does not open with the password that was given: correct it"
                                    + " (QUIRE_TLS_PASSWORD)",
                            e)
                    : unreadable(e);
        } catch (GeneralSecurityException e) {
            throw unreadable(e);
        }
    }

    private QuireException unreadable(Exception because) {
        return new QuireException(
                keyStore + " is no PKCS12 key store: make one of key and certificates with openssl pkcs12 -export",
                because);
    }

    @Override
    public String toString() {
        return "Tls[" + keyStore + "]";
    }
}
