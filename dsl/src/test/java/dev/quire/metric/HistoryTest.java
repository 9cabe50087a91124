package dev.quire.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static Map<String, Double> row(Object... pairs) {
        Map<String, Double> row = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            row.put((String) pairs[i], (Double) pairs[i + 1]);
        }
        return row;
    }

    private final History history = History.empty()
            .append(row("loss", 1.0, "accuracy", 0.5, "learning_rate", 1e-3))
            .append(row("loss", 0.5, "accuracy", 0.8, "learning_rate", 1e-3, "val_loss", 0.7))
            .append(row("loss", 0.6, "accuracy", 0.8, "learning_rate", 1e-3, "val_loss", 0.9));

    @Test
    void epochs_are_counted_from_1_and_columns_keep_their_order() {
        assertThat(history.columns()).containsExactly("epoch", "loss", "accuracy", "learning_rate", "val_loss");
        assertThat(history.column("epoch")).containsExactly(1, 2, 3);
        assertThat(history.epochs()).isEqualTo(3);
    }

    @Test
    void appending_leaves_the_history_before_as_it_was() {
        history.append(row("loss", 0.1));
        assertThat(history.epochs()).isEqualTo(3);
    }

    @Test
    void histories_that_grow_from_the_same_one_do_not_see_each_other() {
        History one = history.append(row("loss", 0.1));
        History other = history.append(row("loss", 0.2));
        for (int i = 0; i < 40; i++) {
            one = one.append(row("loss", 0.1));
        }
        assertThat(one.column("loss")).startsWith(1.0, 0.5, 0.6, 0.1).hasSize(44);
        assertThat(other.column("loss")).containsExactly(1.0, 0.5, 0.6, 0.2);
        assertThat(history.column("loss")).containsExactly(1.0, 0.5, 0.6);
        assertThat(other).isEqualTo(new History(other.columns(), List.copyOf(other.rows())));
    }

    @Test
    void rows_of_another_width_are_refused_however_they_were_made() {
        List<String> columns = List.of("epoch", "loss");
        assertThatThrownBy(() -> new History(columns, history.rows()))
                .isInstanceOf(QuireException.class)
                .hasMessage("a history has a row that does not have 2 values");
        assertThatThrownBy(() -> new History(columns, List.of(List.of(1.0, 0.5), List.of(2.0))))
                .isInstanceOf(QuireException.class)
                .hasMessage("a history has a row that does not have 2 values");
    }

    @Test
    void a_new_column_was_not_measured_before() {
        assertThat(history.value(1, "val_loss")).isNaN();
        assertThat(history.value(2, "val_loss")).isEqualTo(0.7);
    }

    @Test
    void the_best_epoch_is_the_first_of_equals() {
        assertThat(history.best("accuracy", Goal.MAX)).hasValue(2);
        assertThat(history.best("loss", Goal.MIN)).hasValue(2);
        assertThat(history.best("val_loss", Goal.of("val_loss"))).hasValue(2);
        assertThat(History.empty().best("epoch", Goal.MAX)).isEmpty();
    }

    @Test
    void a_resumed_run_goes_on_counting() {
        History resumed = History.empty().append(row("epoch", 7.0, "loss", 1.0)).append(row("loss", 0.9));
        assertThat(resumed.last("epoch")).isEqualTo(8);
        assertThat(resumed.value(8, "loss")).isEqualTo(0.9);
    }

    @Test
    void metrics_are_told_from_circumstances() {
        assertThat(history.metrics()).containsExactly("loss", "accuracy");
    }

    @Test
    void a_missing_column_or_epoch_is_named_with_those_there_are() {
        assertThatThrownBy(() -> history.column("f1"))
                .isInstanceOf(QuireException.class)
                .hasMessage("no column f1: there are epoch, loss, accuracy, learning_rate, val_loss");
        assertThatThrownBy(() -> history.value(9, "loss")).hasMessage("no epoch 9: there are 1 to 3");
        assertThatThrownBy(() -> History.empty().value(1, "epoch")).hasMessage("no epoch 1: none has finished");
    }
}
