package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the application is served. */
class PagesTest {
    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(files/[^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("from '\\./([a-z.]+)'");

    @TempDir
    Path folder;

    @Test
    void the_address_of_the_server_leads_to_the_application() {
        try (TestServer server = TestServer.in(folder)) {
            TestServer.Answer answer = server.get("/");
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.raw().headers().firstValue("location")).hasValue("/app/train");
        }
    }

    @Test
    void each_page_has_an_address_and_others_are_a_problem() {
        try (TestServer server = TestServer.in(folder)) {
            for (String page : List.of("train", "draw", "runs", "projects", "jobs", "deployments")) {
                assertThat(server.get("/app/" + page).type()).isEqualTo("text/html");
            }
            assertThat(server.get("/app/none").problem())
                    .isEqualTo("404 the application has no such page | see /app/train");
            assertThat(server.get("/app/files/0/none.js").problem())
                    .isEqualTo("404 the application has no such file | load the page again");
        }
    }

    @Test
    void it_runs_no_script_and_no_style_but_its_own() {
        try (TestServer server = TestServer.in(folder)) {
            TestServer.Answer page = server.get("/app/train");
            assertThat(page.raw().headers().allValues("content-security-policy"))
                    .containsExactly("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'");
            assertThat(page.text())
                    .doesNotContain("http:", "https:", "<style", "style=")
                    .doesNotContainPattern("<script[^>]*>[^<]");
        }
    }

    @Test
    void a_browser_keeps_its_files_until_they_change_and_asks_for_the_page_each_time() {
        try (TestServer server = TestServer.in(folder)) {
            TestServer.Answer page = server.get("/app/train");
            assertThat(page.raw().headers().firstValue("cache-control")).hasValue("no-store");
            Matcher files = FILE.matcher(page.text());
            int count = 0;
            while (files.find()) {
                TestServer.Answer file = server.get("/app/" + files.group(1));
                assertThat(file.status()).isEqualTo(200);
                assertThat(file.raw().headers().allValues("cache-control"))
                        .containsExactly("public, max-age=31536000, immutable");
                count++;
            }
            assertThat(count).isGreaterThan(4);
            assertThat(server.get("/app/files/another/app.js").raw().headers().firstValue("cache-control"))
                    .hasValue("no-store");
        }
    }

    @Test
    void every_module_that_one_imports_is_served() {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(imports(server)).hasSizeGreaterThan(12);
        }
    }

    @Test
    void modules_import_each_other_in_no_circle() {
        try (TestServer server = TestServer.in(folder)) {
            Map<String, Set<String>> left = imports(server);
            while (left.values().removeIf(imported -> imported.stream().noneMatch(left::containsKey))) {
                // Of those that are left, some may now import nothing that is.
            }
            assertThat(left).isEmpty();
        }
    }

    /** What each module imports, from the first of them on. */
    private static Map<String, Set<String>> imports(TestServer server) {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of("app.js"));
        while (!open.isEmpty()) {
            String name = open.remove();
            TestServer.Answer file = server.get("/app/files/x/" + name);
            assertThat(file.type()).as(name).isEqualTo("text/javascript");
            Set<String> imported = IMPORT.matcher(file.text())
                    .results()
                    .map(each -> each.group(1))
                    .collect(Collectors.toSet());
            out.put(name, imported);
            imported.stream()
                    .filter(each -> !out.containsKey(each) && !open.contains(each))
                    .forEach(open::add);
        }
        return out;
    }

    @Test
    void what_comes_from_the_server_is_never_made_into_markup() {
        try (TestServer server = TestServer.in(folder)) {
            for (String name :
                    List.of("dom.js", "runs.js", "jobs.js", "watch.js", "epochs.js", "drawing.js", "projects.js")) {
                assertThat(server.get("/app/files/x/" + name).text())
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
            }
        }
    }
}
