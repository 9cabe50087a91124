package dev.quire.server.job;

import dev.quire.view.Display;
import dev.quire.view.Screen;

/** Where the displays of jobs go: who wants to see them watches over a WebSocket. */
final class Silence implements Screen {
    private static final Live NOTHING = new Live() {
        @Override
        public void update(Display display) {}

        @Override
        public void close() {}
    };

    @Override
    public Live show(Display display) {
        return NOTHING;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean showsHtml() {
        return false;
    }
}
