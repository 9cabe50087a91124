package dev.quire.kernel.interpreter.magic.maven;

import dev.quire.data.Progress;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.transfer.TransferResource;

/** Shows downloads, and ends them when they are no longer wanted. */
final class Transfers extends AbstractTransferListener {
    private final Progress progress;
    private final Thread asking = Thread.currentThread();

    Transfers(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void transferInitiated(TransferEvent event) throws TransferCancelledException {
        check();
    }

    @Override
    public void transferStarted(TransferEvent event) throws TransferCancelledException {
        check();
    }

    @Override
    public void transferProgressed(TransferEvent event) throws TransferCancelledException {
        check();
        TransferResource resource = event.getResource();
        String name = resource.getResourceName();
        progress.update(
                name.substring(name.lastIndexOf('/') + 1),
                event.getTransferredBytes(),
                resource.getContentLength(),
                Progress.Unit.BYTES);
    }

    private void check() throws TransferCancelledException {
        if (asking.isInterrupted()) {
            throw new TransferCancelledException("it was stopped");
        }
    }
}
