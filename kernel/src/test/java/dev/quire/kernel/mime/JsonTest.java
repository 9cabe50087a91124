package dev.quire.kernel.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "\"a\\u0000\\\"\\\\ü😀\\ud800\"",
                "[0, -1, 2147483648, 9223372036854775808, 1.5, 1e300, -0.0, 0.1]",
                "{\"a\": {\"b\": [{}, [[]], null, false]}, \"c\": \"\", \"a b\": 1}",
                "{\"twice\": 1, \"twice\": 2}"
            })
    void trees_are_those_of_jackson_s_mapper_and_so_is_their_text(String text) throws IOException {
        JsonNode expected = JACKSON.readTree(text);
        assertThat(Json.read(text)).isEqualTo(expected);
        assertThat(Json.read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
        assertThat(Json.write(expected)).isEqualTo(JACKSON.writeValueAsString(expected));
    }

    @Test
    void every_kind_of_number_is_written() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("short", (short) 3)
                .put("float", 0.5f)
                .put("long", Long.MIN_VALUE)
                .put("big", BigInteger.TWO.pow(70))
                .put("none", Double.NaN);
        assertThat(Json.write(node)).isEqualTo(node.toString());
    }

    @Test
    void nothing_is_read_as_missing() throws IOException {
        assertThat(Json.read("").isMissingNode()).isTrue();
        assertThat(Json.read(" \n").isMissingNode()).isTrue();
    }

    @Test
    void what_is_not_one_value_is_refused() {
        for (String text : List.of("{", "[1", "{\"a\"}", "{} {}", "1 2", "nul", "[1,]", "{\"a\":1,}", "'a'", "]")) {
            assertThatThrownBy(() -> Json.read(text)).as(text).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_tree_too_deep_to_walk_is_refused() {
        assertThatThrownBy(() -> Json.read("[".repeat(100_000) + "]".repeat(100_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("depth");
    }
}
