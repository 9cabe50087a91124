package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quire.run.Run;
import dev.quire.run.RunFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client of the protocol that is not ours. */
class TritonClientTest {
    private static final String SCRIPT = """
            import sys, json, numpy
            import tritonclient.http as triton
            client = triton.InferenceServerClient(sys.argv[1])
            assert client.is_server_live() and client.is_server_ready() and client.is_model_ready("digits-net")
            card = client.get_model_metadata("digits-net")
            pixels = numpy.array(json.loads(sys.argv[2]), dtype=numpy.uint8).reshape(1, 1, 8, 8)
            said = []
            for binary in (True, False):
                given = triton.InferInput(card["inputs"][0]["name"], [1, 1, 8, 8], "UINT8")
                given.set_data_from_numpy(pixels, binary_data=binary)
                wanted = triton.InferRequestedOutput("output", binary_data=binary)
                answer = client.infer("digits-net", [given], outputs=[wanted], model_version="1", request_id="7")
                said.append(int(answer.as_numpy("output").argmax()))
            try:
                client.infer("nothing", [given])
            except triton.InferenceServerException as e:
                said.append(e.message())
            print(json.dumps(said))
            """;

    @TempDir
    Path folder;

    @Test
    void tritons_client_asks_in_bytes_and_in_json_and_understands_errors() throws Exception {
        String python = Stream.of(System.getenv().getOrDefault("QUIRE_PYTHON", ""), "python3")
                .filter(each -> !each.isEmpty() && hasClient(each))
                .findFirst()
                .orElse("");
        assumeTrue(
                !python.isEmpty(),
                "no Python with tritonclient: pip install tritonclient[http], name it with QUIRE_PYTHON");
        Run run = Trained.digits();
        try (TestServer server = TestServer.in(folder, options -> options.runs(RunFolder.root()))) {
            server.post("/v1/deployments", "{\"name\":\"digits-net\",\"run\":\"" + run.name() + "\"}");
            ByteBuffer content =
                    run.data().test().example(5).inputs().get(0).bytes().duplicate();
            byte[] pixels = new byte[64];
            content.get(pixels);
            String label = run.predict(run.data().test().example(5)).label();
            String said = output(
                    List.of(python, "-c", SCRIPT, "127.0.0.1:" + server.at("").getPort(), Arrays.toString(pixels)));
            assertThat(said).startsWith("[" + label + ", " + label + ", \"unknown model: 'nothing'");
        }
    }

    private static boolean hasClient(String python) {
        try {
            return output(List.of(python, "-c", "import tritonclient.http, numpy; print('here')"))
                    .startsWith("here");
        } catch (IOException | InterruptedException missing) {
            return false;
        }
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }
}
