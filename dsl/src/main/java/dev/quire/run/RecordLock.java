package dev.quire.run;

import dev.quire.QuireException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A record has one writer, who holds this. The lock of a process that died is free.
 *
 * @param file the file that is locked, which goes with the lock
 */
record RecordLock(Path file, FileChannel channel, FileLock held) implements Closeable {
    /**
     * Takes the lock of a record.
     *
     * @throws QuireException when another process has it
     */
    static RecordLock take(RunFolder folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock();
        if (held == null) {
            channel.close();
            throw new QuireException("run " + folder.name() + " is being trained by another process: wait for it, or"
                    + " give this one a name or a seed of its own");
        }
        return new RecordLock(folder.lock(), channel, held);
    }

    /** Whether somebody is writing this record now. */
    static boolean isHeld(RunFolder folder) {
        if (!Files.exists(folder.lock())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        held.release();
        channel.close();
        Files.deleteIfExists(file);
    }
}
