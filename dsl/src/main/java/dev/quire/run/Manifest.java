package dev.quire.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.data.Fingerprint;
import dev.quire.store.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The list of the parts of a record with their SHA-256, which shows what was altered since. Where the environment
 * variable {@code QUIRE_SIGNING_KEY} names a file with an Ed25519 key (PEM, PKCS 8), the list is signed too.
 */
final class Manifest {
    private static final String SIGNATURE = "manifest.sig";
    private static final String KEY = "QUIRE_SIGNING_KEY";

    private Manifest() {}

    /**
     * Lists the parts there are, and {@code run.json} as it is about to be written: a record that says how it ended has
     * its list already.
     *
     * @param outcome what {@code run.json} will hold
     */
    static void write(RunFolder folder, String outcome) throws IOException {
        write(folder, outcome, Optional.ofNullable(System.getenv(KEY)).map(Path::of));
    }

    static void write(RunFolder folder, String outcome, Optional<Path> key) throws IOException {
        Map<String, String> parts = hashes(folder);
        parts.put("run.json", Fingerprint.of(outcome));
        ObjectNode files = JsonNodeFactory.instance.objectNode();
        parts.forEach(files::put);
        ObjectNode out = JsonNodeFactory.instance.objectNode().put("version", 1);
        out.set("sha256", files);
        RunFolder.write(folder.manifest(), out);
        if (key.isPresent()) {
            WholeFile.write(folder.path().resolve(SIGNATURE), sign(key.get(), Files.readAllBytes(folder.manifest())));
        }
    }

    /** Removes the list: the record goes on. */
    static void remove(RunFolder folder) throws IOException {
        Files.deleteIfExists(folder.path().resolve(SIGNATURE));
        Files.deleteIfExists(folder.manifest());
    }

    /**
     * What was altered since the list was made: a line for each part, empty where all is as it was.
     *
     * @throws QuireException when there is no list
     */
    static List<String> differences(RunFolder folder) throws IOException {
        if (!Files.exists(folder.manifest())) {
            throw new QuireException("the record " + folder.name() + " has no list of its parts: it never ended");
        }
        JsonNode listed = RunFolder.read(folder.manifest()).path("sha256");
        Map<String, String> now = hashes(folder);
        List<String> out = new ArrayList<>();
        listed.properties().forEach(part -> {
            String hash = now.get(part.getKey());
            if (hash == null) {
                out.add(part.getKey() + " is missing");
            } else if (!hash.equals(part.getValue().asText())) {
                out.add(part.getKey() + " was altered");
            }
        });
        now.keySet().stream().filter(name -> !listed.has(name)).forEach(name -> out.add(name + " was added"));
        return out;
    }

    /**
     * Whether the list was signed with the key that belongs to this one.
     *
     * @param publicKey a PEM file
     */
    static boolean isSignedBy(RunFolder folder, Path publicKey) throws IOException {
        Path signature = folder.path().resolve(SIGNATURE);
        if (!Files.exists(signature)) {
            return false;
        }
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(pem(publicKey)));
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(Files.readAllBytes(folder.manifest()));
            return check.verify(
                    Base64.getDecoder().decode(Files.readString(signature).strip()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new QuireException(publicKey + " is no public Ed25519 key in PEM: " + e.getMessage(), e);
        }
    }

    private static String sign(Path key, byte[] content) throws IOException {
        try {
            PrivateKey secret = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pem(key)));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(content);
            return Base64.getEncoder().encodeToString(signature.sign()) + "\n";
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new QuireException(
                    KEY + " names " + key + ", which is no private Ed25519 key in PEM: " + e.getMessage(), e);
        }
    }

    private static byte[] pem(Path file) throws IOException {
        return Base64.getMimeDecoder()
                .decode(Files.readString(file, StandardCharsets.US_ASCII).replaceAll("-----[^-]+-----", ""));
    }

    private static Map<String, String> hashes(RunFolder folder) throws IOException {
        Map<String, String> out = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.path())) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.path().relativize(file).toString().replace('\\', '/');
                if (!name.startsWith("manifest.") && !name.equals("lock") && !WholeFile.isTemporary(file)) {
                    try (InputStream in = Files.newInputStream(file)) {
                        out.put(name, Fingerprint.of(in));
                    }
                }
            }
        }
        return out;
    }
}
