package dev.quire.inference;

import dev.quire.QuireException;
import dev.quire.data.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Checks what goes in, names what comes out, and closes after the last call. */
final class RunningModel implements Model {
    private final ModelCard card;
    private final Runner runner;
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private boolean isClosed;

    RunningModel(ModelCard card, Runner runner) {
        this.card = card;
        this.runner = runner;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public int atOnce() {
        return runner.atOnce();
    }

    @Override
    public Map<String, HostTensor> run(Map<String, HostTensor> inputs) {
        List<HostTensor> ordered = ordered(inputs);
        open.readLock().lock();
        try {
            if (isClosed) {
                throw new QuireException(card.name() + " is closed: load it again");
            }
            return runner.run(ordered);
        } finally {
            open.readLock().unlock();
        }
    }

    private List<HostTensor> ordered(Map<String, HostTensor> inputs) {
        List<HostTensor> ordered = new ArrayList<>();
        long rows = -1;
        for (Port port : card.inputs()) {
            HostTensor given = inputs.get(port.name());
            if (given == null) {
                throw new QuireException("the input " + port.name() + " of " + card.name() + " is missing, got "
                        + inputs.keySet() + ": it takes " + card.inputs());
            }
            port.check(card.name(), given);
            if (given.count() == 0) {
                throw new QuireException("the input " + port.name() + " of " + card.name() + " is empty: " + given);
            }
            if (port.isBatched()) {
                if (rows >= 0 && rows != given.size(0)) {
                    throw new QuireException("the input " + port.name() + " of " + card.name() + " has " + given.size(0)
                            + " examples, another has " + rows);
                }
                rows = given.size(0);
            }
            ordered.add(given);
        }
        if (inputs.size() > card.inputs().size()) {
            Set<String> unknown = new TreeSet<>(inputs.keySet());
            card.inputs().forEach(port -> unknown.remove(port.name()));
            throw new QuireException(
                    card.name() + " has no input " + String.join(", ", unknown) + ": it takes " + card.inputs());
        }
        return ordered;
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!isClosed) {
                isClosed = true;
                runner.close();
            }
        } finally {
            open.writeLock().unlock();
        }
    }

    @Override
    public String toString() {
        return "model " + card.name() + ": " + card.inputs() + " to " + card.outputs();
    }
}
