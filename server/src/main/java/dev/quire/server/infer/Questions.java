package dev.quire.server.infer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.quire.data.HostTensor;
import dev.quire.inference.ImageInput;
import dev.quire.inference.Model;
import dev.quire.inference.Port;
import dev.quire.inference.TextInput;
import dev.quire.server.guard.Limits;
import dev.quire.server.http.Body;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import io.javalin.http.Context;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what a request asks of a model: arrays, texts, images, drawings. */
public final class Questions {
    private static final String FIELDS = "rows, records, inputs, text, texts, image, images, drawing, drawings";
    private final Limits limits;
    private final Images images;

    public Questions(Limits limits) {
        this.limits = limits;
        this.images = new Images(limits.pixels());
    }

    /**
     * Reads a request: JSON, a form with image files, or an image by itself.
     *
     * @param model that is asked
     * @throws Problem 400, 413, 415 or 503
     */
    public Question read(Context context, Model model) {
        String said = Optional.ofNullable(context.contentType()).orElse("");
        String type = said.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
        boolean isDrawing = "true".equals(context.queryParam("drawing"));
        return switch (type) {
            case "application/json" -> json(Body.bytes(context), model);
            case "multipart/form-data" -> ofImages(files(Form.parts(context, limits.rows())), isDrawing, model);
            case "image/png", "image/jpeg" ->
                ofImages(List.of(new Images.Sent("image", Body.bytes(context))), isDrawing, model);
            default ->
                throw new Problem(
                        415,
                        type.isEmpty() ? "the body has no Content-Type" : "the body is " + SafeText.shown(type),
                        "send application/json, multipart/form-data with image files, image/png or image/jpeg");
        };
    }

    private static List<Images.Sent> files(List<Form.Part> parts) {
        List<Images.Sent> files = parts.stream()
                .filter(Form.Part::isFile)
                .map(part -> new Images.Sent(part.file(), part.content()))
                .toList();
        if (files.isEmpty()) {
            throw Problem.bad("the form has no file", "send one or several image files");
        }
        return files;
    }

    /**
     * Reads the JSON of a request.
     *
     * @throws Problem 400 or 413
     */
    public Question json(byte[] body, Model model) {
        try (JsonParser json = Json.MAPPER.createParser(body)) {
            json.enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER.mappedFeature());
            JsonToken first = json.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw Problem.bad(
                        first == null ? "the body is empty" : "the body is no JSON object",
                        "send an object with one of " + FIELDS);
            }
            Question asked = fields(json, model);
            if (json.nextToken() != null) {
                throw Problem.bad("something follows the JSON object of the body", "send one object");
            }
            return asked;
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw Problem.bad("the body could not be read", "send it again");
        }
    }

    private Question fields(JsonParser json, Model model) throws IOException {
        Question asked = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (asked != null) {
                throw Problem.bad("the body asks twice", "send one of " + FIELDS);
            }
            asked = switch (name) {
                case "rows" -> checked(Map.of(only(model).name(), JsonArrays.read(json, only(model), model.name())));
                case "records" -> checked(Map.of(only(model).name(), Records.read(json, model, limits.rows())));
                case "inputs" -> checked(inputs(json, model));
                case "text", "texts" -> ofTexts(strings(json, "text", "send a sentence"), model);
                case "image", "images" -> ofImages(urls(json), false, model);
                case "drawing", "drawings" -> ofImages(urls(json), true, model);
                default ->
                    throw Problem.bad("there is no field '" + SafeText.shown(name) + "'", "send one of " + FIELDS);
            };
        }
        if (asked == null) {
            throw Problem.bad("the body asks nothing", "send one of " + FIELDS);
        }
        return asked;
    }

    /** What is wrong with a text that is no JSON. */
    public static Problem unreadable(JsonProcessingException e) {
        String message = e.getOriginalMessage().startsWith("Non-standard token")
                ? "NaN and Infinity are no numbers in JSON"
                : e.getOriginalMessage();
        String place = e.getLocation() == null
                ? ""
                : " in line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return Problem.bad("the body is no JSON" + place + ": " + message, "send valid JSON with finite numbers");
    }

    private static Port only(Model model) {
        List<Port> inputs = model.inputs();
        if (inputs.size() != 1) {
            throw Problem.bad(
                    model.name() + " has " + inputs.size() + " inputs: " + names(inputs),
                    "send \"inputs\": an object with an array for each");
        }
        return inputs.get(0);
    }

    private static String names(List<Port> ports) {
        return ports.stream().map(Port::toString).collect(Collectors.joining(", "));
    }

    private static Map<String, Given> inputs(JsonParser json, Model model) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Problem.bad("\"inputs\" is no object", "send an array for each of " + names(model.inputs()));
        }
        Map<String, Given> out = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            out.put(name, JsonArrays.read(json, port(model, name), model.name()));
        }
        for (Port port : model.inputs()) {
            if (!out.containsKey(port.name())) {
                throw Problem.bad(
                        "the input " + port.name() + " of " + model.name() + " is missing",
                        "send an array for each of " + names(model.inputs()));
            }
        }
        return out;
    }

    /**
     * The input of this name.
     *
     * @throws Problem 400 when there is none
     */
    public static Port port(Model model, String name) {
        return model.inputs().stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.bad(
                        model.name() + " has no input '" + SafeText.shown(name) + "'",
                        "it takes " + names(model.inputs())));
    }

    /**
     * Inputs with as many rows each, and no more than is taken.
     *
     * @throws Problem 400 or 413
     */
    public Question checked(Map<String, Given> inputs) {
        return new Question(inputs, rows(inputs), List.of());
    }

    /**
     * The rows of inputs, which must be as many in each.
     *
     * @throws Problem 400 or 413
     */
    public int rows(Map<String, Given> inputs) {
        int rows = -1;
        for (Map.Entry<String, Given> each : inputs.entrySet()) {
            int own = each.getValue().rows();
            if (rows >= 0 && own != rows) {
                throw Problem.bad(
                        "the input " + each.getKey() + " has " + own + " rows, another has " + rows,
                        "send as many rows for each input");
            }
            rows = own;
        }
        if (rows > limits.rows()) {
            throw new Problem(
                    413,
                    "the request has " + rows + " rows, at most " + limits.rows() + " are taken",
                    "send them in several requests");
        }
        return rows;
    }

    private static List<Images.Sent> urls(JsonParser json) throws IOException {
        return strings(json, "image", "send data:image/png;base64, ...").stream()
                .map(Images::fromDataUrl)
                .toList();
    }

    /** One string, or a list of them. */
    private static List<String> strings(JsonParser json, String what, String remedy) throws IOException {
        List<String> out = new ArrayList<>();
        boolean isList = json.currentToken() == JsonToken.START_ARRAY;
        JsonToken token = isList ? json.nextToken() : json.currentToken();
        while (token != JsonToken.END_ARRAY) {
            if (token != JsonToken.VALUE_STRING) {
                throw Problem.bad("one " + what + " is no string but " + json.getText(), remedy);
            }
            out.add(json.getText());
            if (!isList) {
                break;
            }
            token = json.nextToken();
        }
        if (out.isEmpty()) {
            throw Problem.bad("there is no " + what + " in the list", "send at least one");
        }
        return out;
    }

    /** Texts as rows, for a model that has a tokenizer. */
    private Question ofTexts(List<String> texts, Model model) {
        if (texts.size() > limits.rows()) {
            throw new Problem(
                    413,
                    "the request has " + texts.size() + " texts, at most " + limits.rows() + " are taken",
                    "send them in several requests");
        }
        TextInput how = model.card()
                .text()
                .orElseThrow(() -> Problem.bad(
                        model.name() + " takes no texts but " + names(model.inputs()), "send \"rows\" or \"inputs\""));
        return new Question(Map.of(only(model).name(), Given.of(how.tensor(texts))), texts.size(), List.of());
    }

    /**
     * Image files as rows.
     *
     * @param isDrawing whether they are drawings of digits, to be brought to what the model was trained on
     */
    public Question ofImages(List<Images.Sent> files, boolean isDrawing, Model model) {
        if (files.size() > limits.rows()) {
            throw new Problem(
                    413,
                    "the request has " + files.size() + " images, at most " + limits.rows() + " are taken",
                    "send them in several requests");
        }
        ImageInput how = model.card()
                .image()
                .orElseThrow(() -> Problem.bad(
                        model.name() + " takes no images but " + names(model.inputs()), "send \"rows\" or \"inputs\""));
        List<HostTensor> rows = files.stream()
                .map(file -> images.decoded(file, image -> how.tensor(isDrawing ? drawn(image, model, how) : image)))
                .toList();
        Given given = Given.of(HostTensor.join(rows));
        return new Question(
                Map.of(only(model).name(), given),
                files.size(),
                files.stream().map(Images.Sent::name).toList());
    }

    static BufferedImage drawn(BufferedImage image, Model model, ImageInput how) {
        boolean isDigits = "digits".equals(model.card().madeFrom().get("data")) && how.height() == 8;
        return isDigits ? Drawing.asDigits(image) : Drawing.asMnist(image, Math.min(how.height(), how.width()));
    }
}
