package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.server.contract.Contract;
import dev.quire.server.contract.Contracts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractsTest {
    @TempDir
    Path folder;

    @Test
    void those_that_are_named_are_served_beside_the_own_routes_and_no_others() {
        Contracts two = Contracts.of(List.of("training", "Store=/shop"));
        try (TestServer server = TestServer.in(folder, options -> options.contracts(two))) {
            assertThat(server.get("/ping").status()).isEqualTo(200);
            assertThat(server.get("/shop/jobs/").status()).isEqualTo(200);
            assertThat(server.get("/jobs/").status()).isEqualTo(404);
            assertThat(server.get("/api/v1/projects").status()).isEqualTo(404);
            assertThat(server.get("/api/datasets").status()).isEqualTo(404);
            assertThat(server.get("/v1/jobs").status()).isEqualTo(200);
        }
    }

    @Test
    void they_are_named_in_lower_case() {
        assertThat(Contracts.of(Contract.words())).isEqualTo(Contracts.ALL);
        assertThat(Contracts.of(List.of("none"))).isEqualTo(Contracts.NONE);
    }

    @Test
    void a_wrong_name_is_answered_with_the_nearest() {
        refused("canvs", "there is no contract 'canvs', did you mean 'canvas'?");
        refused("x", "there is no contract 'x'; there are 'canvas', 'digits', 'store', 'platform', 'training'");
        refused("digits=lab", "contract digits: the prefix 'lab' is no path: use one such as /lab, or none");
        assertThatThrownBy(() -> Contracts.of(List.of("store", "store=/b")))
                .hasMessage("contract store is named twice: name it once");
    }

    private static void refused(String word, String message) {
        assertThatThrownBy(() -> Contracts.of(List.of(word)))
                .isInstanceOf(QuireException.class)
                .hasMessage(message);
    }
}
