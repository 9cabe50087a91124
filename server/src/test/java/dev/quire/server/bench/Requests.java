package dev.quire.server.bench;

import dev.quire.data.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Requests with one image of MNIST each, as files that the load generator sends as they are. */
record Requests(Dataset data, Path folder) {
    private static final int IMAGES = 16;
    private static final int PIXELS = 784;

    private interface Body {
        byte[] of(int image) throws IOException;
    }

    /** {@code {"rows": [[...]]}} */
    List<Path> json(String path) throws IOException {
        return written(path, "application/json", "", this::rows);
    }

    /** Bytes, as the Open Inference Protocol packs them. */
    List<Path> bytes(String path) throws IOException {
        String header = "Inference-Header-Content-Length: " + (packed(0).length - PIXELS) + "\r\n";
        return written(path, "application/octet-stream", header, this::packed);
    }

    /** An image file. */
    List<Path> png(String path) throws IOException {
        return written(path, "image/png", "", this::png);
    }

    private List<Path> written(String path, String type, String more, Body body) throws IOException {
        Path own = Files.createTempDirectory(folder, "requests");
        List<Path> out = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            byte[] content = body.of(i);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type + "\r\n" + more
                            + "Content-Length: " + content.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            request.writeBytes(content);
            out.add(Files.write(own.resolve(Integer.toString(i)), request.toByteArray()));
        }
        return out;
    }

    private byte[] pixels(int image) {
        ByteBuffer content = data.test().example(image).inputs().get(0).bytes().duplicate();
        byte[] out = new byte[PIXELS];
        content.get(out);
        return out;
    }

    private byte[] rows(int image) {
        StringBuilder out = new StringBuilder("{\"rows\":[[");
        for (byte pixel : pixels(image)) {
            out.append(out.charAt(out.length() - 1) == '[' ? "" : ",").append(pixel & 0xff);
        }
        return out.append("]]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] packed(int image) {
        String input = data.inputs().get(0).name();
        String json = "{\"inputs\":[{\"name\":\"" + input + "\",\"shape\":[1,1,28,28],\"datatype\":\"UINT8\","
                + "\"parameters\":{\"binary_data_size\":784}}],\"outputs\":[{\"name\":\"output\",\"parameters\":"
                + "{\"binary_data\":true}}]}";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(pixels(image));
        return out.toByteArray();
    }

    private byte[] png(int image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(data.test().example(image).image(), "png", out);
        return out.toByteArray();
    }
}
