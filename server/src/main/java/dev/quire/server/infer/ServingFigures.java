package dev.quire.server.infer;

import dev.quire.server.http.Problem;
import dev.quire.server.http.Refused;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Figures of inference for Prometheus, by what was asked. Clients choose the names of deployments and runs, so no more
 * than {@link #MOST} of them are told apart; what comes after is counted together as {@link #OTHERS}.
 */
public final class ServingFigures {
    /** How many names are told apart. */
    public static final int MOST = 100;

    /** The name of all further ones, which no deployment and no run can have. */
    public static final String OTHERS = "(others)";

    private static final String[] LABELS = {"kind", "model"};
    private static final double[] SECONDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10
    };
    private static final double[] ROWS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096};

    private final Counter requests;
    private final Counter failures;
    private final Counter rows;
    private final Histogram duration;
    private final Histogram waited;
    private final Histogram called;
    private final Histogram joined;
    private final Map<String, Model> models = new LinkedHashMap<>();

    /** Why a request was not answered. */
    enum Reason {
        /** It does not fit the model, or is too large. */
        INVALID,
        /** Too many waited. */
        BUSY,
        /** Nothing answers under this name now. */
        STOPPED,
        /** The model failed. */
        FAILED;

        static Reason of(Throwable failure) {
            int status = Refused.in(failure).map(Problem::status).orElse(500);
            return switch (status) {
                case 409 -> STOPPED;
                case 503 -> BUSY;
                default -> status < 500 ? INVALID : FAILED;
            };
        }
    }

    public ServingFigures(PrometheusRegistry registry) {
        requests = counter("requests", "Requests, answered or not", LABELS).register(registry);
        failures = counter(
                        "failures",
                        "Requests that were not answered: invalid, busy, stopped or failed",
                        "kind",
                        "model",
                        "reason")
                .register(registry);
        rows = counter("rows", "Rows that were answered", LABELS).register(registry);
        duration = seconds("request", "From a request's arrival at the model to its answer")
                .register(registry);
        waited = seconds("queue", "What a request waited for its call of the model")
                .register(registry);
        called = seconds("call", "A call of the model, which can answer several requests")
                .register(registry);
        joined = Histogram.builder()
                .name("quire_inference_call_rows")
                .help("Rows in a call of the model")
                .labelNames(LABELS)
                .classicOnly()
                .classicUpperBounds(ROWS)
                .withoutExemplars()
                .register(registry);
    }

    private static Counter.Builder counter(String name, String help, String... labels) {
        return Counter.builder()
                .name("quire_inference_" + name + "_total")
                .help(help)
                .labelNames(labels)
                .withoutExemplars();
    }

    private static Histogram.Builder seconds(String of, String help) {
        return Histogram.builder()
                .name("quire_inference_" + of + "_duration_seconds")
                .help(help + ", in seconds")
                .labelNames(LABELS)
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .withoutExemplars();
    }

    /**
     * The figures of a name.
     *
     * @param kind {@code deployment} or {@code run}
     */
    public synchronized Model of(String kind, String name) {
        String key = kind + " " + name;
        Model known = models.get(key);
        if (known != null) {
            return known;
        }
        if (models.size() >= MOST) {
            return new Model(kind, OTHERS);
        }
        Model fresh = new Model(kind, name);
        models.put(key, fresh);
        return fresh;
    }

    /** Forgets a name that is gone. */
    public synchronized void forget(String kind, String name) {
        if (models.remove(kind + " " + name) != null) {
            requests.remove(kind, name);
            rows.remove(kind, name);
            duration.remove(kind, name);
            waited.remove(kind, name);
            called.remove(kind, name);
            joined.remove(kind, name);
            for (Reason reason : Reason.values()) {
                failures.remove(kind, name, word(reason));
            }
        }
    }

    private static String word(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /** The figures of one name. */
    public final class Model {
        private final CounterDataPoint asked;
        private final CounterDataPoint answered;
        private final DistributionDataPoint took;
        private final DistributionDataPoint wait;
        private final DistributionDataPoint call;
        private final DistributionDataPoint size;
        private final Map<Reason, CounterDataPoint> failed = new EnumMap<>(Reason.class);

        private Model(String kind, String name) {
            asked = requests.labelValues(kind, name);
            answered = rows.labelValues(kind, name);
            took = duration.labelValues(kind, name);
            wait = waited.labelValues(kind, name);
            call = called.labelValues(kind, name);
            size = joined.labelValues(kind, name);
            Arrays.stream(Reason.values())
                    .forEach(each -> failed.put(each, failures.labelValues(kind, name, word(each))));
        }

        /** A request came. */
        void asked() {
            asked.inc();
        }

        /** A request came that could not be read. */
        public void refused(Throwable why) {
            asked();
            failed(why);
        }

        /** A request was answered. */
        void answered(int rowsOfIt, long nanoseconds) {
            answered.inc(rowsOfIt);
            took.observe(nanoseconds * 1e-9);
        }

        /** A request was not answered. */
        void failed(Throwable why) {
            CounterDataPoint of = failed.get(Reason.of(why));
            if (of != null) {
                of.inc();
            }
        }

        /** A request waited so long for its call. */
        void waited(long nanoseconds) {
            wait.observe(nanoseconds * 1e-9);
        }

        /** The model was called. */
        void called(int rowsOfIt, double milliseconds) {
            call.observe(milliseconds * 1e-3);
            size.observe(rowsOfIt);
        }
    }
}
