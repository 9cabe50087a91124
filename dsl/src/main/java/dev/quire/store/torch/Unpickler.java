package dev.quire.store.torch;

import dev.quire.QuireException;
import dev.quire.store.torch.Pickled.Global;
import dev.quire.store.torch.Pickled.Storage;
import dev.quire.store.torch.Pickled.Tensor;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a pickle that holds tensors, numbers, texts, lists and dictionaries. A pickle is a program for a small machine,
 * which can name any function of Python and call it: here the few names that make tensors are data, and any other ends
 * the reading.
 */
final class Unpickler {
    private static final String ORDERED = "collections.OrderedDict";
    private static final String REBUILD = "torch._utils._rebuild_tensor_v2";
    private static final String PARAMETER = "torch._utils._rebuild_parameter";
    private static final String SIZE = "torch.Size";
    private static final Set<String> KNOWN = Set.of(
            ORDERED,
            REBUILD,
            PARAMETER,
            SIZE,
            "torch.FloatStorage",
            "torch.DoubleStorage",
            "torch.HalfStorage",
            "torch.BFloat16Storage",
            "torch.LongStorage",
            "torch.IntStorage",
            "torch.ShortStorage",
            "torch.CharStorage",
            "torch.ByteStorage",
            "torch.BoolStorage");

    /** Stands for None, which a stack of Java's cannot hold. */
    static final Object NONE = new Object();

    private final ByteBuffer in;
    private final Map<Integer, Object> memo = new HashMap<>();
    private List<Object> stack = new ArrayList<>();
    private final Deque<List<Object>> marks = new ArrayDeque<>();

    private Unpickler(ByteBuffer in) {
        this.in = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * What a pickle holds: {@code Map}, {@code List}, {@code Long}, {@code Double}, {@code Boolean}, {@code String},
     * {@link Tensor}, {@link Storage} or {@link #NONE}.
     *
     * @throws QuireException when it names anything else, or is damaged
     */
    static Object read(ByteBuffer in) {
        try {
            return new Unpickler(in).run();
        } catch (BufferUnderflowException e) {
            throw new QuireException("it was cut off", e);
        }
    }

    private Object run() {
        while (true) {
            int at = in.position();
            int op = in.get() & 0xff;
            if (op == '.') {
                return pop();
            }
            step(op, at);
        }
    }

    private void step(int op, int at) {
        switch (op) {
            case 0x80 -> in.get();
            case 0x95 -> in.getLong();
            case '(' -> {
                marks.push(stack);
                stack = new ArrayList<>();
            }
            case '0' -> pop();
            case '}' -> push(new LinkedHashMap<Object, Object>());
            case ']', ')' -> push(new ArrayList<>());
            case 'N' -> push(NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.getInt());
            case 'K' -> push((long) (in.get() & 0xff));
            case 'M' -> push((long) (in.getShort() & 0xffff));
            case 0x8a -> push(number(in.get() & 0xff));
            case 'G' -> {
                double value = in.order(ByteOrder.BIG_ENDIAN).getDouble();
                in.order(ByteOrder.LITTLE_ENDIAN);
                push(value);
            }
            case 'X', 'T', 'B' -> push(text(in.getInt()));
            case 0x8c, 'U', 'C' -> push(text(in.get() & 0xff));
            case 'q' -> memo.put(in.get() & 0xff, peek());
            case 'r' -> memo.put(in.getInt(), peek());
            case 0x94 -> memo.put(memo.size(), peek());
            case 'h' -> push(remembered(in.get() & 0xff));
            case 'j' -> push(remembered(in.getInt()));
            case 'c' -> push(global(line(), line()));
            case 0x93 -> {
                Object name = pop();
                Object module = pop();
                if (!(module instanceof String first) || !(name instanceof String second)) {
                    throw new QuireException("it names what is no text");
                }
                push(global(first, second));
            }
            case 'i' -> throw refused(line() + "." + line());
            case 0x85 -> push(last(1));
            case 0x86 -> push(last(2));
            case 0x87 -> push(last(3));
            case 't', 'l' -> push(marked());
            case 'd' -> push(map(new LinkedHashMap<>(), marked()));
            case 's' -> {
                List<Object> pair = last(2);
                map(dictionary(peek()), pair);
            }
            case 'u' -> {
                List<Object> items = marked();
                map(dictionary(peek()), items);
            }
            case 'a' -> {
                Object item = pop();
                list(peek()).add(item);
            }
            case 'e' -> {
                List<Object> items = marked();
                list(peek()).addAll(items);
            }
            case 'R' -> {
                Object arguments = pop();
                push(made(pop(), list(arguments)));
            }
            case 'b' -> {
                // What is set on a dictionary, such as the versions of layers, is of no use here.
                pop();
                dictionary(peek());
            }
            case 'Q' -> push(storage(pop()));
            default ->
                throw new QuireException(String.format(
                        "it has the instruction 0x%02x at byte %d, which no file of tensors has", op, at));
        }
    }

    private static Object made(Object function, List<?> arguments) {
        if (function instanceof Global global) {
            switch (global.name()) {
                case REBUILD -> {
                    return Tensor.of(arguments);
                }
                case PARAMETER -> {
                    if (!arguments.isEmpty() && arguments.get(0) instanceof Tensor tensor) {
                        return tensor;
                    }
                }
                case ORDERED -> {
                    if (arguments.isEmpty()) {
                        return new LinkedHashMap<Object, Object>();
                    }
                }
                case SIZE -> {
                    if (arguments.size() == 1 && arguments.get(0) instanceof List<?> sizes) {
                        return sizes;
                    }
                }
                default -> {}
            }
        }
        throw new QuireException("it calls " + (function instanceof Global global ? global.name() : "what is no name")
                + " with what no file of tensors has");
    }

    private static Storage storage(Object id) {
        if (id instanceof List<?> parts
                && parts.size() >= 5
                && "storage".equals(parts.get(0))
                && parts.get(1) instanceof Global type
                && type.isStorage()
                && parts.get(2) instanceof String key
                && parts.get(4) instanceof Long count) {
            return new Storage(type, key, count);
        }
        throw new QuireException("it refers to what is no storage of numbers");
    }

    private static Global global(String module, String name) {
        String whole = module + "." + name;
        if (!KNOWN.contains(whole)) {
            throw refused(whole);
        }
        return new Global(whole);
    }

    private static QuireException refused(String name) {
        String shown = name.length() > 100 ? name.substring(0, 100) + "..." : name;
        return new QuireException("it names " + shown + ", which is no tensor. It was not run");
    }

    private static Map<Object, Object> map(Map<Object, Object> into, List<Object> items) {
        if (items.size() % 2 != 0) {
            throw new QuireException("a dictionary in it has a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            if (!(key instanceof String) && !(key instanceof Long)) {
                throw new QuireException("a dictionary in it has a key that is no text and no number");
            }
            into.put(key, items.get(i + 1));
        }
        return into;
    }

    @SuppressWarnings("unchecked") // all maps here are made by this class
    private static Map<Object, Object> dictionary(Object value) {
        if (value instanceof Map<?, ?>) {
            return (Map<Object, Object>) value;
        }
        throw new QuireException("it puts entries into what is no dictionary");
    }

    @SuppressWarnings("unchecked") // all lists here are made by this class
    private static List<Object> list(Object value) {
        if (value instanceof List<?>) {
            return (List<Object>) value;
        }
        throw new QuireException("it puts items into what is no list");
    }

    private Object number(int bytes) {
        byte[] little = bytes(bytes);
        byte[] big = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            big[i] = little[bytes - 1 - i];
        }
        BigInteger value = bytes == 0 ? BigInteger.ZERO : new BigInteger(big);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private String text(int length) {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new QuireException("it was cut off");
        }
        byte[] out = new byte[length];
        in.get(out);
        return out;
    }

    private String line() {
        int from = in.position();
        while (in.get() != '\n') {
            // on to the end of the line
        }
        byte[] out = new byte[in.position() - from - 1];
        in.get(from, out);
        return new String(out, StandardCharsets.UTF_8);
    }

    private Object remembered(int key) {
        Object found = memo.get(key);
        if (found == null) {
            throw new QuireException("it refers to what it has not read yet");
        }
        return found;
    }

    private List<Object> marked() {
        List<Object> items = stack;
        List<Object> outer = marks.poll();
        if (outer == null) {
            throw new QuireException("it ends a list that did not begin");
        }
        stack = outer;
        return items;
    }

    private List<Object> last(int count) {
        List<Object> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(pop());
        }
        Collections.reverse(out);
        return out;
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() {
        peek();
        return stack.remove(stack.size() - 1);
    }

    private Object peek() {
        if (stack.isEmpty()) {
            throw new QuireException("it takes more than it has");
        }
        return stack.get(stack.size() - 1);
    }
}
