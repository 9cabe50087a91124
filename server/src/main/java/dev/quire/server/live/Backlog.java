package dev.quire.server.live;

import java.util.ArrayList;
import java.util.List;

/** What was told of one topic, for those who come late. Of many steps every second, fourth, ... is kept. */
final class Backlog {
    private static final int MOST_STEPS = 2000;
    private static final int MOST_OTHERS = 5000;

    private record Kept(long number, String text) {}

    private final List<Kept> steps = new ArrayList<>();
    private final List<Kept> others = new ArrayList<>();
    private int every = 1;
    private long stepsSeen;
    private long number;

    void add(Message message, String text) {
        Kept kept = new Kept(number++, text);
        if (!message.isStep()) {
            others.add(kept);
            if (others.size() > MOST_OTHERS) {
                others.remove(0);
            }
            return;
        }
        if (stepsSeen++ % every == 0) {
            steps.add(kept);
        }
        if (steps.size() > MOST_STEPS) {
            every *= 2;
            for (int i = steps.size() - 1; i >= 0; i--) {
                if (i % 2 == 1) {
                    steps.remove(i);
                }
            }
        }
    }

    /** In the order in which it was told. */
    List<String> all() {
        List<String> out = new ArrayList<>(steps.size() + others.size());
        int step = 0;
        int other = 0;
        while (step < steps.size() || other < others.size()) {
            boolean isStepNext = other == others.size()
                    || (step < steps.size()
                            && steps.get(step).number() < others.get(other).number());
            out.add(isStepNext ? steps.get(step++).text() : others.get(other++).text());
        }
        return out;
    }
}
