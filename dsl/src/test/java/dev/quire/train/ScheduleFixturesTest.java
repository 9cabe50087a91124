package dev.quire.train;

import static dev.quire.Quire.*;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.Fixtures;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleFixturesTest {
    private static final Map<String, Schedule> SCHEDULES = Map.ofEntries(
            entry("cosine", cosine()),
            entry("step", step(5, 0.5)),
            entry("exponential", exponential(0.9)),
            entry("one_cycle", oneCycle(0.1)),
            entry("linear", linear()),
            entry("cosine_with_linear_warmup", cosine(warmup(0.2))));

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(Fixtures.read("pytorch/schedules.json").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_schedule_has_the_rates_of_pytorch(JsonNode figures) {
        Schedule schedule = SCHEDULES.get(figures.get("name").asText());
        JsonNode rates = figures.get("lr_at_step");
        double base = figures.get("config").get("base_lr").asDouble();
        for (int step = 0; step < rates.size(); step++) {
            double rate = rates.get(step).asDouble();
            assertThat(schedule.rate(base, step, rates.size()))
                    .as("step %d", step)
                    .isCloseTo(rate, within(1e-9 + 1e-5 * rate));
        }
    }
}
