package dev.quire.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.model.Architecture;
import dev.quire.model.RandomNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Networks with something in them changed by chance: each is either told what is wrong with it, or built. */
class BrokenNetworksTest {
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1",
            "7",
            "2.5",
            "1e999",
            "2147483647",
            "9223372036854775807",
            "-2147483648",
            "[]",
            "{}",
            "[[1]]",
            "[2147483647, 2147483647, 2147483647]",
            "[-1]",
            "\"\"",
            "\"input\"",
            "\"output\"",
            "\"Dense\"",
            "\"sequential\"",
            "\"layer\"",
            "\"relu\"",
            "\"add\"",
            "\"same\"",
            "{\"type\":\"relu\"}",
            "{\"type\":\"lstm\",\"units\":3}");

    @Test
    void whatever_is_wrong_is_said_and_nothing_else_is_thrown() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Random random = new Random(5);
        int sound = 0;
        for (int i = 0; i < 1000; i++) {
            RandomNetworks.Sample sample = RandomNetworks.of(i % 100);
            String text =
                    i % 2 == 0 ? Networks.graph(sample.network(), sample.inputs()) : ModelJson.write(sample.network());
            JsonNode tree = mapper.readTree(text);
            for (int change = 0; change <= random.nextInt(3); change++) {
                change(tree, random, mapper);
            }
            String broken = tree.toString().replace("\"Infinity\"", "1e999");
            Problems problems;
            try {
                problems = Networks.validate(broken);
            } catch (RuntimeException e) {
                throw new AssertionError(broken, e);
            }
            assertThat(problems)
                    .allSatisfy(problem ->
                            assertThat(problem.remedy()).as("%s", problem).isNotEmpty());
            if (problems.isEmpty()) {
                sound++;
                DescribedNetwork read = Networks.read(broken);
                if (!read.inputs().isEmpty()) {
                    assertThat(Architecture.of(read.layer(), read.inputs()).outputs())
                            .as(broken)
                            .isEqualTo(read.outputs());
                }
            }
        }
        assertThat(sound).isBetween(50, 700);
    }

    private static void change(JsonNode tree, Random random, ObjectMapper mapper) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        collect(tree, all);
        JsonNode at = all.get(random.nextInt(all.size()));
        JsonNode value = mapper.readTree(VALUES.get(random.nextInt(VALUES.size())));
        if (at instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + "x", JsonNodeFactory.instance.numberNode(3));
                default -> object.set(name, value);
            }
        } else if (at instanceof ArrayNode list && !list.isEmpty()) {
            int place = random.nextInt(list.size());
            switch (random.nextInt(4)) {
                case 0 -> list.remove(place);
                case 1 -> list.add(list.get(place));
                case 2 -> list.insert(0, list.remove(place));
                default -> list.set(place, value);
            }
        }
    }

    private static void collect(JsonNode tree, List<JsonNode> into) {
        if (tree.isContainerNode()) {
            into.add(tree);
            tree.forEach(child -> collect(child, into));
        }
    }
}
