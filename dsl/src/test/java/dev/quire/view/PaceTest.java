package dev.quire.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLIS = 1_000_000;

    private long now;
    private final Pace pace = new Pace(() -> now);

    /** How often something is drawn that takes so long, in so many milliseconds. */
    private int drawn(int within, long cost) {
        int count = 0;
        for (long end = now + within * MILLIS; now < end; now += MILLIS) {
            if (pace.isDue()) {
                count++;
                pace.draw(() -> now += cost);
            }
        }
        return count;
    }

    @Test
    void what_costs_nothing_is_drawn_ten_times_a_second() {
        assertThat(drawn(10_000, 0)).isEqualTo(100);
    }

    @Test
    void drawing_takes_at_most_a_hundredth_of_the_time() {
        assertThat(drawn(60_000, 5 * MILLIS)).as("5 ms each").isBetween(110, 121);
    }

    @Test
    void the_first_two_are_drawn_at_once_however_long_the_first_takes() {
        assertThat(drawn(400, 150 * MILLIS)).isEqualTo(2);
    }

    @Test
    void one_slow_frame_does_not_slow_the_next() {
        drawn(1_000, MILLIS / 10);
        drawn(110, 300 * MILLIS);
        assertThat(drawn(1_000, MILLIS / 10)).isGreaterThanOrEqualTo(9);
    }

    @Test
    void however_slow_it_is_a_sign_of_life_comes_every_two_seconds() {
        assertThat(drawn(60_000, 500 * MILLIS)).isBetween(23, 26);
    }
}
