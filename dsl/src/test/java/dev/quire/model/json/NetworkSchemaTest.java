package dev.quire.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.quire.QuireException;
import dev.quire.model.RandomNetworks;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The published schema against the table of layers, and against what Quire writes and refuses. */
class NetworkSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Networks.schema(), InputFormat.JSON);

    private static final List<JsonNode> TREES = ModelJsonTest.networks()
            .map(ModelJson::write)
            .map(NetworkSchemaTest::tree)
            .toList();

    private static List<?> faults(String json) {
        return SCHEMA.validate(json, InputFormat.JSON);
    }

    /** Written anew with {@code -Dquire.schema.write=true}. */
    @Test
    void it_is_that_of_the_table_in_the_jar_and_in_the_guide() throws Exception {
        String schema = SchemaWriter.write();
        Path root = Path.of(System.getProperty("quire.root", ".."));
        Path jar = root.resolve("dsl/src/main/resources/dev/quire/model/json/network.schema.json");
        Path docs = root.resolve("docs/network.schema.json");
        if (Boolean.getBoolean("quire.schema.write")) {
            Files.createDirectories(jar.getParent());
            Files.writeString(jar, schema);
            Files.writeString(docs, schema);
        }
        assertThat(Networks.schema()).isEqualTo(schema);
        assertThat(docs).hasContent(schema);
    }

    @Test
    void it_is_a_schema_itself() {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(com.networknt.schema.SchemaLocation.of(
                                SpecificationVersion.DRAFT_2020_12.getDialectId()))
                        .validate(Networks.schema(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void it_accepts_what_is_written() {
        for (RandomNetworks.Sample sample : RandomNetworks.first(60)) {
            assertThat(faults(Networks.graph(sample.network(), sample.inputs())))
                    .as("%s", sample)
                    .isEmpty();
            assertThat(faults(ModelJson.write(sample.network())))
                    .as("%s", sample)
                    .isEmpty();
        }
        ModelJsonTest.networks()
                .forEach(layer -> assertThat(faults(ModelJson.write(layer)))
                        .as("%s", layer)
                        .isEmpty());
    }

    @Test
    void it_refuses_what_is_refused() {
        String graph = "{\"nodes\":[{\"id\":\"a\",\"type\":\"input\"},{\"id\":\"b\",\"type\":%s},"
                + "{\"id\":\"c\",\"type\":\"output\"}],\"edges\":[%s]}";
        assertThat(faults(graph.formatted("\"dense\",\"params\":{\"units\":3}", "")))
                .isEmpty();
        assertThat(faults(graph.formatted("\"add\"", "{\"source\":\"a\",\"target\":\"b\"}")))
                .isEmpty();
        for (String bad : List.of(
                graph.formatted("\"dense\"", ""),
                graph.formatted("\"dens\",\"params\":{\"units\":3}", ""),
                graph.formatted("\"dense\",\"params\":{\"units\":0}", ""),
                graph.formatted("\"dense\",\"params\":{\"units\":\"3\"}", ""),
                graph.formatted("\"dense\",\"params\":{\"units\":3,\"colour\":3}", ""),
                graph.formatted("\"dropout\",\"params\":{\"rate\":1}", ""),
                graph.formatted("\"add\",\"params\":{\"axis\":1,\"branches\":[],\"x\":1}", ""),
                graph.formatted("\"relu\"", "{\"source\":\"a\"}"),
                "{\"version\":1,\"type\":\"dense\"}",
                "{\"version\":2,\"type\":\"relu\"}",
                "{\"version\":1,\"type\":\"relu\",\"units\":3}",
                "{\"version\":1,\"type\":\"sequential\",\"layers\":[{\"type\":\"dense\",\"units\":-1}]}",
                "{}",
                "[]")) {
            assertThat(faults(bad)).as(bad).isNotEmpty();
        }
    }

    /** At its bound a value is accepted, beyond it is not; and every number has a bound or needs none. */
    @Test
    void its_ranges_are_those_of_the_layers() throws Exception {
        for (LayerType type : LayerType.ALL) {
            for (Map.Entry<String, Type> field : Fields.types(type.record()).entrySet()) {
                String name = field.getKey();
                boolean list = field.getValue().getTypeName().equals("java.util.List<java.lang.Integer>");
                boolean number = field.getValue() == int.class || field.getValue() == double.class || list;
                if (!number || type.fixed().containsKey(name)) {
                    continue;
                }
                assertThat(SchemaWriter.RANGES.containsKey(name) || SchemaWriter.FREE.contains(name))
                        .as("%s.%s", type.word(), name)
                        .isTrue();
                for (Map.Entry<String, Number> bound :
                        SchemaWriter.range(type.word(), name).entrySet()) {
                    boolean low =
                            bound.getKey().toLowerCase(java.util.Locale.ROOT).endsWith("minimum");
                    boolean open = bound.getKey().startsWith("exclusive");
                    boolean whole = field.getValue() != double.class;
                    double step = whole ? 1 : 1e-3;
                    double at = bound.getValue().doubleValue();
                    double inside = open ? (low ? at + step : at - step) : at;
                    double outside = open ? at : (low ? at - step : at + step);
                    ObjectNode layer = sample(type);
                    put(layer, name, inside, list, whole);
                    ModelJson.read(layer.toString());
                    assertThat(faults(layer.toString())).as("%s", layer).isEmpty();
                    put(layer, name, outside, list, whole);
                    assertThatThrownBy(() -> ModelJson.read(layer.toString()))
                            .as("%s", layer)
                            .isInstanceOf(QuireException.class);
                    assertThat(faults(layer.toString())).as("%s", layer).isNotEmpty();
                }
            }
        }
    }

    private static void put(ObjectNode layer, String field, double value, boolean list, boolean whole) {
        if (list) {
            int size = field.equals("sizes") || field.equals("axes")
                    ? 1
                    : Math.max(1, layer.path(field).size());
            ArrayNode values = layer.putArray(field);
            IntStream.range(0, size).forEach(i -> values.add((int) value));
        } else if (whole) {
            layer.put(field, (int) value);
        } else {
            layer.put(field, value);
        }
    }

    /** With what it needs alone, so that no other field forbids a value. */
    private static ObjectNode sample(LayerType type) {
        ObjectNode out = TREES.stream()
                .flatMap(tree -> Stream.concat(Stream.of(tree), tree.findParents("type").stream()))
                .filter(tree -> tree.path("type").asText().equals(type.word()))
                .map(tree -> (ObjectNode) tree.deepCopy())
                .findFirst()
                .orElseThrow()
                .put("version", 1);
        return out.remove(type.defaults().keySet());
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
