package dev.quire.server.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.server.http.Problem;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ServingFiguresTest {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ServingFigures figures = new ServingFigures(registry);

    private String told() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.builder().build().write(out, registry.scrape());
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void times_are_told_in_seconds_and_errors_by_their_reason() throws IOException {
        ServingFigures.Model digits = figures.of("run", "digits");
        digits.asked();
        digits.waited(200_000);
        digits.called(3, 2);
        digits.answered(3, 3_000_000);
        digits.refused(Problem.bad("it does not fit", "correct it"));
        digits.failed(new Problem(503, "too many wait", "try again"));
        digits.failed(Problem.conflict("it is stopped", "start it"));
        digits.failed(new CompletionException(new OutOfMemoryError("as if")));
        String of = "{kind=\"run\",model=\"digits\"";
        assertThat(told())
                .contains("# TYPE quire_inference_requests_total counter")
                .contains("quire_inference_requests_total" + of + "} 2.0")
                .contains("quire_inference_rows_total" + of + "} 3.0")
                .contains("quire_inference_failures_total" + of + ",reason=\"invalid\"} 1.0")
                .contains("quire_inference_failures_total" + of + ",reason=\"busy\"} 1.0")
                .contains("quire_inference_failures_total" + of + ",reason=\"stopped\"} 1.0")
                .contains("quire_inference_failures_total" + of + ",reason=\"failed\"} 1.0")
                .contains("# TYPE quire_inference_request_duration_seconds histogram")
                .contains("quire_inference_request_duration_seconds_bucket" + of + ",le=\"0.0025\"} 0")
                .contains("quire_inference_request_duration_seconds_bucket" + of + ",le=\"0.005\"} 1")
                .contains("quire_inference_queue_duration_seconds_bucket" + of + ",le=\"2.5E-4\"} 1")
                .contains("quire_inference_call_duration_seconds_sum" + of + "} 0.002")
                .contains("quire_inference_call_rows_bucket" + of + ",le=\"2.0\"} 0")
                .contains("quire_inference_call_rows_bucket" + of + ",le=\"4.0\"} 1");
    }

    @Test
    void names_beyond_the_most_are_counted_together() throws IOException {
        for (int i = 0; i < ServingFigures.MOST + 20; i++) {
            figures.of("run", "run-" + i).asked();
        }
        assertThat(told())
                .contains("quire_inference_requests_total{kind=\"run\",model=\"run-99\"} 1.0")
                .contains("quire_inference_requests_total{kind=\"run\",model=\"(others)\"} 20.0")
                .doesNotContain("run-100");
    }

    @Test
    void a_name_that_is_gone_is_told_no_more_and_leaves_room() throws IOException {
        for (int i = 0; i < ServingFigures.MOST; i++) {
            figures.of("run", "run-" + i);
        }
        figures.forget("run", "run-7");
        assertThat(told()).doesNotContain("\"run-7\"").contains("\"run-8\"");
        figures.of("deployment", "new");
        assertThat(told()).contains("{kind=\"deployment\",model=\"new\"}").doesNotContain("(others)");
    }
}
