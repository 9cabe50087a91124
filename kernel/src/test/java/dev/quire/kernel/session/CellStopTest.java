package dev.quire.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.kernel.Mark;
import dev.quire.kernel.OwnThread;
import dev.quire.kernel.session.CellResult.Done;
import dev.quire.kernel.session.CellResult.Interrupted;
import dev.quire.kernel.session.CellResult.Value;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CellStopTest {
    private static Session session = null;

    @BeforeAll
    static void open() throws InterruptedException {
        session = Session.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ MARK while (true); }",
                "int n = 0;\n{ MARK for (;;) n++; }",
                "{ MARK do { } while (1 < 2); }",
                "int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\n{ MARK fib(90); }",
                "Runnable forever = () -> { MARK while (true); };\nforever.run();",
                "new Object() { void go() { MARK for (;;); } }.go();",
                "class Deep { static class Inner { void go() { MARK for (;;); } } }\nnew Deep.Inner().go();",
                "record Loop(int x) { public Loop { MARK while (x > 0); } }\nnew Loop(1)",
                "{ class Local { void go() { MARK for (;;); } } new Local().go(); }",
                "{ MARK Stream.iterate(0, i -> i + 1).forEach(i -> {}); }",
                "{ MARK LongStream.range(0, 4_000_000_000L).parallel().map(i -> i ^ 3).sum(); }",
                "float[] a = new float[2048 * 2048]; int m = 2048;\n{ MARK for (int t = 0; t < 1000; t++)"
                        + " for (int i = 0; i < m; i++) for (int j = 0; j < m; j++) a[i * m + j] += a[j * m + i]; }",
                "{ MARK Thread.sleep(60_000); }",
                "new Object() { synchronized void go() throws InterruptedException { MARK wait(); } }.go();",
                "{ MARK new java.util.concurrent.CountDownLatch(1).await(); }",
            })
    void stop_ends(String code) throws Exception {
        assertThat(stopped(code)).isEqualTo(new Interrupted());
        assertThat(value("6 * 7")).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ MARK while (true) try { while (true); } catch (Throwable e) { } }",
                "{ MARK while (true) try { Thread.sleep(60_000); } catch (Exception e) { } }",
                "{ MARK while (true) try { Thread.sleep(60_000); } catch (InterruptedException e) { } }",
            })
    void a_loop_cannot_swallow_a_stop(String code) throws Exception {
        assertThat(stopped(code)).isEqualTo(new Interrupted());
    }

    @Test
    void what_ran_before_the_stop_is_kept_and_what_follows_is_left_out() throws Exception {
        run("int done = 1;");
        assertThat(stopped("done = 2;\n{ MARK while (true); }\ndone = 3;")).isEqualTo(new Interrupted());
        assertThat(value("done")).isEqualTo(2);
    }

    @Test
    void a_finally_block_has_time_to_tidy_up() throws Exception {
        run("var log = new ArrayList<Integer>();");
        stopped("try { MARK while (true); } finally { for (int i = 0; i < 3; i++) log.add(i); }");
        assertThat(value("log.size()")).isEqualTo(3);
    }

    @Test
    void threads_that_a_cell_started_go_on() throws Exception {
        CellResult started = run("var turns = new java.util.concurrent.atomic.AtomicLong();\nvar goOn = new"
                + " java.util.concurrent.atomic.AtomicBoolean(true);\n"
                + "var other = new Thread(() -> { while (goOn.get()) turns.incrementAndGet(); });\nother.start();");
        assertThat(started).isInstanceOf(Done.class);
        stopped("{ MARK while (true); }");
        long before = (long) value("turns.get()");
        Thread.sleep(200);
        assertThat((long) value("turns.get()")).isGreaterThan(before);
        run("goOn.set(false);\nother.join();");
        assertThat(value("other.isAlive()")).isEqualTo(false);
    }

    @Test
    void a_value_that_shows_itself_without_end_is_stopped() throws Exception {
        assertThat(stopped("new Object() { public String toString() { MARK while (true); } }"))
                .isEqualTo(new Interrupted());
    }

    @Test
    void a_second_stop_leaves_behind_what_does_not_react() throws Exception {
        run("var gate = new java.util.concurrent.CompletableFuture<Integer>();");
        CompletableFuture<CellResult> cell = start("{ MARK gate.join(); }");
        session.interrupt();
        TimeUnit.MILLISECONDS.sleep(700);
        assertThat(cell).isNotDone();
        session.interrupt();
        assertThat(((Interrupted) cell.get(20, TimeUnit.SECONDS)).note()).contains("was left behind");
        assertThat(value("6 * 7")).isEqualTo(42);
        run("gate.complete(1);");
        assertThat(value("6 * 7")).isEqualTo(42);
    }

    @Test
    void cells_share_one_thread() throws Exception {
        Object first = value("Thread.currentThread()");
        stopped("{ MARK while (true); }");
        assertThat(value("Thread.currentThread()")).isSameAs(first);
    }

    private static CellResult stopped(String code) throws Exception {
        CompletableFuture<CellResult> cell = start(code);
        session.interrupt();
        return cell.get(20, TimeUnit.SECONDS);
    }

    /** Returns when the code has reached its MARK. */
    private static CompletableFuture<CellResult> start(String code) throws InterruptedException {
        Mark mark = new Mark();
        CompletableFuture<CellResult> cell = OwnThread.start(() -> run(code.replace("MARK", mark.statement())));
        while (!mark.isReached()) {
            assertThat(cell.isDone())
                    .as("it ended before it was stopped: %s", code)
                    .isFalse();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.MILLISECONDS.sleep(50);
        return cell;
    }

    private static CellResult run(String source) throws InterruptedException {
        return session.run(1, source);
    }

    private static Object value(String source) throws InterruptedException {
        CellResult result = run(source);
        assertThat(result).isInstanceOf(Done.class);
        @Nullable Value value = ((Done) result).value();
        assertThat(value).isNotNull();
        Object object = value.object();
        assertThat(object).isNotNull();
        return object;
    }
}
