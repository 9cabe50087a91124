package dev.quire.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WarmUpTest {
    /** Where it fails, the launcher makes do without an archive, and every start takes twice as long. */
    @Test
    void a_session_is_played_through_from_the_first_request_to_the_last() {
        assertThat(Main.execute("warm-up")).isZero();
    }
}
