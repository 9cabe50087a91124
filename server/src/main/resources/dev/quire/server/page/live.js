// A WebSocket that comes back by itself. `on.message` gets each message as an object, `on.open` runs at each start:
// the server then tells the past again, so the listener begins anew.

const FIRST = 500;
const LONGEST = 15_000;

export function follow(url, on) {
  const place = new URL(url);
  place.protocol = place.protocol === 'https:' ? 'wss:' : 'ws:';
  let socket;
  let wait = FIRST;
  let timer;
  let isOver = false;

  function open() {
    socket = new WebSocket(place);
    socket.onopen = () => {
      wait = FIRST;
      state(true);
      on.open?.();
    };
    socket.onmessage = event => on.message(JSON.parse(event.data));
    socket.onclose = event => {
      if (isOver) return;
      if (event.code === 1000 && on.end) {
        isOver = true;
        on.end();
        return;
      }
      state(false);
      timer = setTimeout(open, wait);
      wait = Math.min(2 * wait, LONGEST);
    };
  }

  open();
  return {
    send: message => socket.send(JSON.stringify(message)),
    close() {
      isOver = true;
      clearTimeout(timer);
      socket.close();
      state(true);
    },
  };
}

/** Says at the top of the page whether what is shown is live. */
function state(isConnected) {
  const shown = document.getElementById('link-state');
  if (shown) shown.textContent = isConnected ? '' : 'Connection lost, trying again';
}
