package dev.quire.store.torch;

import dev.quire.QuireException;
import dev.quire.store.Safetensors;
import dev.quire.store.torch.Pickled.Storage;
import dev.quire.store.torch.Pickled.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Weights that {@code torch.save(model.state_dict(), file)} wrote, read without Python: only tensors are read, and a file
 * that names anything else is refused.
 */
public final class TorchCheckpoint {
    private static final int PROTOCOL = 0x80;
    private static final int HEAD = 1 << 20;
    private static final long LONGEST_PICKLE = 100_000_000;
    private static final List<String> INSIDE = List.of("state_dict", "model_state_dict", "model", "module");
    private static final Map<String, Type> TYPES = Map.of(
            "torch.FloatStorage", new Type("F32", 4),
            "torch.DoubleStorage", new Type("F64", 8),
            "torch.HalfStorage", new Type("F16", 2),
            "torch.BFloat16Storage", new Type("BF16", 2),
            "torch.LongStorage", new Type("I64", 8),
            "torch.IntStorage", new Type("I32", 4),
            "torch.ShortStorage", new Type("I16", 2),
            "torch.CharStorage", new Type("I8", 1),
            "torch.ByteStorage", new Type("U8", 1),
            "torch.BoolStorage", new Type("BOOL", 1));

    private record Type(String dtype, int width) {}

    private final TorchZip zip;
    private final Map<String, ByteBuffer> storages = new HashMap<>();
    private long read;
    private long copied;

    private TorchCheckpoint(TorchZip zip) {
        this.zip = zip;
    }

    /**
     * The tensors of a checkpoint, in its order, each row-major.
     *
     * @throws QuireException when it is truncated, names anything but tensors, or holds no state dictionary
     */
    public static Safetensors.Content read(Path file) {
        ByteBuffer head = head(file);
        if (head.limit() > 0 && (head.get(0) & 0xff) == PROTOCOL) {
            throw refusal(file, head);
        }
        try (TorchZip zip = TorchZip.open(file)) {
            if (zip.isScript()) {
                throw new QuireException(
                        file + " is a TorchScript program, not weights alone: load(\"" + file + "\") runs it");
            }
            try {
                Object root = Unpickler.read(ByteBuffer.wrap(zip.bytes("data.pkl", LONGEST_PICKLE)));
                return new Safetensors.Content(Map.of(), new TorchCheckpoint(zip).entries(tensors(root)));
            } catch (QuireException e) {
                throw new QuireException(
                        file + " is no plain checkpoint: " + e.getMessage()
                                + ". Save the state_dict() alone, better as safetensors",
                        e);
            }
        }
    }

    private static ByteBuffer head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ByteBuffer.wrap(in.readNBytes(HEAD));
        } catch (NoSuchFileException e) {
            throw new QuireException("there is no file " + file, e);
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Why a bare pickle is not read: what it names that is no tensor, or else that PyTorch wrote it long ago.
     *
     * @param content its first bytes
     */
    public static QuireException refusal(Path file, ByteBuffer content) {
        try {
            Unpickler.read(content);
        } catch (QuireException e) {
            if (String.valueOf(e.getMessage()).contains(" names ")) {
                return new QuireException(file + " is a pickle, and refused: " + e.getMessage()
                        + ". Save the state_dict() alone, better as safetensors");
            }
        }
        return new QuireException(file
                + " is a bare pickle, as PyTorch before 1.6 and scikit-learn write them, which is never read:"
                + " save it again with torch.save of today, or as safetensors");
    }

    private static Map<?, ?> tensors(Object root) {
        Map<?, ?> found = root instanceof Map<?, ?> map ? map : null;
        for (String name : INSIDE) {
            if (found != null && found.get(name) instanceof Map<?, ?> inner) {
                found = inner;
                break;
            }
        }
        if (found == null
                || found.values().stream().noneMatch(Tensor.class::isInstance)
                || !found.keySet().stream().allMatch(String.class::isInstance)) {
            throw new QuireException("it holds no dictionary of tensors");
        }
        return found;
    }

    private List<Safetensors.Entry> entries(Map<?, ?> tensors) {
        List<Safetensors.Entry> out = new ArrayList<>();
        tensors.forEach((name, value) -> {
            if (value instanceof Tensor tensor) {
                Type type = type(tensor.storage());
                ByteBuffer rows = rows((String) name, tensor, storage(tensor.storage()), type.width());
                out.add(new Safetensors.Entry((String) name, type.dtype(), tensor.sizes(), rows));
            }
        });
        return out;
    }

    private ByteBuffer storage(Storage storage) {
        String key = storage.key();
        if (!key.matches("[0-9A-Za-z_-]+")) {
            throw new QuireException("it names the storage '" + key + "'");
        }
        return storages.computeIfAbsent(key, unread -> {
            byte[] content = zip.bytes("data/" + unread, Integer.MAX_VALUE);
            read += content.length;
            return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        });
    }

    private static Type type(Storage storage) {
        Type type = TYPES.get(storage.type().name());
        if (type == null) {
            throw new QuireException(
                    "its numbers are of the kind " + storage.type().name());
        }
        return type;
    }

    /** The content row-major: a view where it lies so, else a copy. */
    private ByteBuffer rows(String name, Tensor tensor, ByteBuffer storage, int width) {
        List<Long> sizes = tensor.sizes();
        long count = 1;
        long last = tensor.offset();
        boolean isDense = tensor.strides().size() == sizes.size() && tensor.offset() >= 0;
        long expected = 1;
        boolean isPlain = true;
        try {
            for (int i = sizes.size() - 1; isDense && i >= 0; i--) {
                long size = sizes.get(i);
                long stride = tensor.strides().get(i);
                isDense = size >= 0 && stride >= 0;
                isPlain &= size == 1 || stride == expected;
                expected = Math.multiplyExact(expected, Math.max(1, size));
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, size - 1), stride));
                count = Math.multiplyExact(count, size);
            }
            if (count == 0 && isDense) {
                return ByteBuffer.allocate(0);
            }
            isDense &= Math.multiplyExact(last + 1, width) <= storage.limit()
                    && Math.multiplyExact(count, width) <= storage.limit();
        } catch (ArithmeticException e) {
            isDense = false;
        }
        if (!isDense) {
            throw new QuireException(String.format(
                    Locale.ROOT,
                    "the tensor %s of shape %s lies outside of its %,d bytes",
                    name,
                    sizes,
                    storage.limit()));
        }
        int from = Math.toIntExact(tensor.offset() * width);
        if (isPlain) {
            return storage.slice(from, Math.toIntExact(count * width)).order(ByteOrder.LITTLE_ENDIAN);
        }
        copied += count * width;
        if (copied > 2 * read) {
            throw new QuireException("its tensors show the same numbers again and again");
        }
        return gathered(tensor, storage, width, Math.toIntExact(count));
    }

    private static ByteBuffer gathered(Tensor tensor, ByteBuffer storage, int width, int count) {
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(count, width)).order(ByteOrder.LITTLE_ENDIAN);
        long[] place = new long[tensor.sizes().size()];
        for (int i = 0; i < count; i++) {
            long at = tensor.offset();
            for (int axis = 0; axis < place.length; axis++) {
                at += place[axis] * tensor.strides().get(axis);
            }
            out.put(i * width, storage, Math.toIntExact(at * width), width);
            for (int axis = place.length - 1;
                    axis >= 0 && ++place[axis] == tensor.sizes().get(axis);
                    axis--) {
                place[axis] = 0;
            }
        }
        return out;
    }
}
