package dev.quire.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.QuireException;
import dev.quire.data.Fingerprint;
import dev.quire.store.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The weights of a network in one safetensors file, or in several with an index.
 *
 * @param files in the order of their names
 */
record TensorFiles(List<Path> files) {
    static final String SINGLE = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> HASHES = new ConcurrentHashMap<>();

    TensorFiles {
        files = List.copyOf(files);
    }

    /**
     * The weights at a place.
     *
     * @param place a safetensors file, or a folder with {@code model.safetensors} or its index
     * @throws QuireException when there are none
     */
    static TensorFiles at(Path place) {
        if (!Files.isDirectory(place)) {
            return new TensorFiles(List.of(place));
        }
        Path index = place.resolve(INDEX);
        if (Files.exists(index)) {
            return new TensorFiles(shards(place, index));
        }
        if (Files.exists(place.resolve(SINGLE))) {
            return new TensorFiles(List.of(place.resolve(SINGLE)));
        }
        boolean isPickled = Files.exists(place.resolve("pytorch_model.bin"));
        throw new QuireException(place + " has no " + SINGLE + " and no " + INDEX
                + (isPickled
                        ? ", only pytorch_model.bin, a pickle, which can run code and is never read: save the network"
                                + " again in Python with save_pretrained(folder)"
                        : ": is the download complete?"));
    }

    private static List<Path> shards(Path folder, Path index) {
        JsonNode map;
        try {
            map = JSON.readTree(index.toFile()).path("weight_map");
        } catch (IOException e) {
            throw new QuireException(index + " cannot be read: " + e.getMessage(), e);
        }
        if (!map.isObject() || map.isEmpty()) {
            throw new QuireException(index + " has no weight_map: expected the file of each tensor");
        }
        TreeSet<String> names = new TreeSet<>();
        map.forEach(file -> names.add(file.asText()));
        List<Path> out = new ArrayList<>();
        for (String name : names) {
            if (!name.matches("[\\w.-]+\\.safetensors")) {
                throw new QuireException(index + " names the file '" + name + "', expected one beside it");
            }
            if (!Files.exists(folder.resolve(name))) {
                throw new QuireException(
                        index + " names the file " + name + ", which is missing: is the download complete?");
            }
            out.add(folder.resolve(name));
        }
        return out;
    }

    /**
     * All tensors by name.
     *
     * @throws QuireException when a file is damaged
     */
    Map<String, Safetensors.Entry> entries() {
        Map<String, Safetensors.Entry> out = new LinkedHashMap<>();
        for (Path file : files) {
            try {
                for (Safetensors.Entry entry : Safetensors.read(file).entries()) {
                    if (out.put(entry.name(), entry) != null) {
                        throw new QuireException("the tensor " + entry.name() + " is in " + file.getFileName()
                                + " and in another file before it: expected it once");
                    }
                }
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return out;
    }

    /** The SHA-256 of the file; of several, that of their names and hashes. */
    String fingerprint() {
        if (files.size() == 1) {
            return hash(files.get(0));
        }
        MessageDigest all = Fingerprint.sha256();
        Map<String, String> hashes = new TreeMap<>();
        files.forEach(file -> hashes.put(file.getFileName() + "", hash(file)));
        hashes.forEach((name, hash) -> all.update((name + " " + hash + "\n").getBytes(StandardCharsets.UTF_8)));
        return Fingerprint.hex(all.digest());
    }

    /** Worked out once for as long as a file stays as it is. */
    private static String hash(Path file) {
        try {
            String key = file.toRealPath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
            String known = HASHES.get(key);
            if (known != null) {
                return known;
            }
            String hash;
            try (InputStream in = Files.newInputStream(file)) {
                hash = Fingerprint.of(in);
            }
            HASHES.put(key, hash);
            return hash;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static QuireException unreadable(Path file, IOException e) {
        return new QuireException("the weights " + file + " cannot be read: " + e, e);
    }
}
