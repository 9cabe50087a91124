package dev.quire.kernel.jupyter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.comm.Comms;
import dev.quire.kernel.history.History;
import dev.quire.kernel.jupyter.wire.ConnectionFile;
import dev.quire.kernel.jupyter.wire.KernelLog;
import dev.quire.kernel.jupyter.wire.Message;
import dev.quire.kernel.jupyter.wire.Wire;
import dev.quire.kernel.session.assist.Assistant;
import dev.quire.kernel.widget.WidgetForms;
import dev.quire.view.Screen;
import dev.quire.view.Screens;
import dev.quire.view.form.Forms;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * A kernel that serves the front ends of one connection. It takes over the standard streams and the screen of this
 * process, so there is one at a time.
 *
 * <p>Cells run one after another on a thread of their own; completion and documentation are answered beside them on
 * another, and everything else where it is read, so that the kernel answers while a cell runs.
 */
public final class JupyterKernel implements AutoCloseable {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long PATIENCE_MILLIS = 2000;

    private final ConnectionFile connection;
    private final KernelLog log;
    private final History history;
    private final RunningNote note;
    private final Origins origins;
    private final ScheduledExecutorService timer = timer();
    private final ExecutorService assisting = Executors.newSingleThreadExecutor(daemon("quire-assist"));
    private final CountDownLatch shutdown = new CountDownLatch(1);
    private final Wire wire;
    private final Publisher publisher;
    private final StreamBuffer printed;
    private final Input input;
    private final JupyterScreen screen;
    private final JupyterComms comms;
    private final WidgetForms forms;
    private final Forms.Presenter formsBefore;
    private final Engine engine;
    private final CellQueue queue;
    private final CellStreams streams;
    private final Screen before = Screens.current();

    private JupyterKernel(
            Path file, ConnectionFile connection, History history, KernelLog log, Origins origins, Engine engine) {
        this.origins = origins;
        this.engine = engine;
        this.connection = connection;
        this.log = log;
        this.history = history;
        this.note = new RunningNote(file, log);
        wire = Wire.open(connection, new Receiver(), log);
        publisher = new Publisher(wire);
        printed = new StreamBuffer(origins, publisher::stream, timer);
        input = new Input(wire, origins, printed::flush);
        screen = new JupyterScreen(publisher, origins, printed::flush, timer, input);
        comms = new JupyterComms(publisher, origins, log);
        forms = new WidgetForms(comms);
        Cells cells = new Cells(engine, publisher, this::flush, history, note, log, note.left());
        queue = new CellQueue(wire, publisher, origins, cells, log);
        streams = new CellStreams(printed, new InputLines(input));
        Screens.use(screen);
        formsBefore = Forms.use(forms);
    }

    /**
     * Starts to serve. Cells wait until the Java session is there, everything else is answered at once.
     *
     * @param file the connection file, beside which the kernel notes which cell runs
     * @param log where what front ends do not see is told
     * @throws dev.quire.QuireException if a port is taken
     */
    public static JupyterKernel open(Path file, ConnectionFile connection, History history, KernelLog log) {
        Origins origins = new Origins();
        Engine engine = new Engine(origins, log);
        // The longest part of a start, and it needs no sockets.
        engine.start();
        JupyterKernel kernel;
        try {
            kernel = new JupyterKernel(file, connection, history, log, origins, engine);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
        kernel.publisher.status(Origin.NONE, "starting");
        kernel.wire.start();
        kernel.queue.start();
        return kernel;
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemon("quire-publish"));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Channels to objects in the front ends. */
    public Comms comms() {
        return comms;
    }

    /** Stops the cell that runs, and the function of a form; aborts the cells that wait. */
    public void interrupt() {
        forms.interrupt();
        queue.interrupt(() -> {
            engine.interrupt();
            input.interrupt();
        });
    }

    /** Waits until a front end says shutdown, or {@link #shutdown} is called. */
    public void await() throws InterruptedException {
        shutdown.await();
    }

    /** Ends {@link #await}. */
    public void shutdown() {
        shutdown.countDown();
    }

    private void flush() {
        printed.flush();
        screen.flush();
    }

    /** Sends what is left and ends. A cell that runs is interrupted. */
    @Override
    public void close() {
        interrupt();
        queue.close();
        engine.close();
        forms.close();
        Forms.use(formsBefore);
        assisting.shutdownNow();
        flush();
        streams.close();
        Screens.use(before);
        timer.shutdownNow();
        wire.close();
        note.end();
        shutdown.countDown();
    }

    private final class Receiver implements Wire.Receiver {
        @Override
        public void shell(Message request) {
            switch (request.type()) {
                case "execute_request" -> queue.add(request);
                case "complete_request" -> assist(request, Assistance::complete);
                case "inspect_request" -> assist(request, Assistance::inspect);
                case "is_complete_request" -> assist(request, Assistance::isComplete);
                default -> busily(Wire.Port.SHELL, request, () -> answer(Wire.Port.SHELL, request));
            }
        }

        @Override
        public void control(Message request) {
            busily(Wire.Port.CONTROL, request, () -> answer(Wire.Port.CONTROL, request));
        }

        @Override
        public void stdin(Message message) {
            input.answered(message);
        }
    }

    private void assist(Message request, BiFunction<Message, Assistant, ObjectNode> answer) {
        assisting.execute(() -> busily(Wire.Port.SHELL, request, () -> {
            try {
                reply(Wire.Port.SHELL, request, engine.assist(assistant -> answer.apply(request, assistant)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Busy first and idle last, whatever happens between. */
    private void busily(Wire.Port port, Message request, Runnable work) {
        Origin origin = Origin.of(request);
        publisher.status(origin, "busy");
        try {
            origins.during(origin, work);
        } catch (Throwable fault) {
            log.fault("a " + request.type() + " failed", fault);
            reply(port, request, Faults.of(fault).json().put("status", "error"));
        } finally {
            publisher.status(origin, "idle");
            // Front ends show the last state they heard of: a cell still runs.
            queue.ifRunning(cell -> publisher.status(cell, "busy"));
        }
    }

    private void answer(Wire.Port port, Message request) {
        switch (request.type()) {
            case "kernel_info_request" -> reply(port, request, KernelInfo.content());
            case "history_request" -> reply(port, request, HistoryAnswer.of(request, history));
            case "comm_info_request" -> reply(port, request, comms.info(request));
            case "comm_open", "comm_msg", "comm_close" -> comms.received(request);
            case "connect_request" -> reply(port, request, connection());
            case "interrupt_request" -> {
                interrupt();
                reply(port, request, JSON.objectNode().put("status", "ok"));
            }
            case "shutdown_request" -> shutdown(port, request);
            case "debug_request" ->
                reply(port, request, refusal("NotSupported", "this kernel has no debugger; kernel_info says so"));
            default -> unknown(port, request);
        }
    }

    private void shutdown(Wire.Port port, Message request) {
        ObjectNode content = JSON.objectNode()
                .put("status", "ok")
                .put("restart", request.field("restart").asBoolean(false));
        reply(port, request, content);
        publisher.send(Origin.of(request), "shutdown_reply", content);
        shutdown();
    }

    private void unknown(Wire.Port port, Message request) {
        log.say("nothing here answers a " + request.type() + " on "
                + port.name().toLowerCase(java.util.Locale.ROOT));
        if (request.type().endsWith("_request")) {
            reply(port, request, refusal("NotSupported", "this kernel does not know " + request.type()));
        }
    }

    private static ObjectNode refusal(String name, String message) {
        return Faults.of(name, message).json().put("status", "error");
    }

    private ObjectNode connection() {
        return JSON.objectNode()
                .put("status", "ok")
                .put("shell_port", connection.shell())
                .put("iopub_port", connection.iopub())
                .put("stdin_port", connection.stdin())
                .put("hb_port", connection.heartbeat())
                .put("control_port", connection.control());
    }

    private void reply(Wire.Port port, Message request, ObjectNode content) {
        String type = request.type().replaceAll("_request$", "") + "_reply";
        wire.reply(port, request, type, content, JSON.objectNode());
    }

    /** Gives the process a moment to end in peace; then it ends anyway. */
    static void endWithin(int status) {
        Thread last = daemon("quire-end").newThread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(PATIENCE_MILLIS);
                Runtime.getRuntime().halt(status);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        last.start();
    }
}
