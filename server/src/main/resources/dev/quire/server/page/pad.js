// A canvas to draw on, with a finger, a pen, a mouse or the arrow keys. Pages and notebook cells show the same one.

const SIDE = 280;
const STEP = 10;

/**
 * @param canvas that is drawn on; it is made square
 * @param changed called after each stroke and, at most once a frame, while one is drawn
 */
export function pad(canvas, changed) {
  canvas.width = SIDE;
  canvas.height = SIDE;
  canvas.tabIndex = 0;
  const ink = canvas.getContext('2d', { willReadFrequently: true });
  let strokes = [];
  let current;
  let width = 22;
  let planned = 0;
  const pen = { x: SIDE / 2, y: SIDE / 2, isDown: false, isShown: false };

  function paper() {
    ink.fillStyle = '#fff';
    ink.fillRect(0, 0, SIDE, SIDE);
  }

  function stroke({ points, width: wide }) {
    ink.strokeStyle = '#000';
    ink.fillStyle = '#000';
    ink.lineWidth = wide;
    ink.lineCap = 'round';
    ink.lineJoin = 'round';
    ink.beginPath();
    if (points.length === 1) {
      ink.arc(points[0].x, points[0].y, wide / 2, 0, 2 * Math.PI);
      ink.fill();
      return;
    }
    ink.moveTo(points[0].x, points[0].y);
    for (let i = 1; i < points.length - 1; i++) {
      ink.quadraticCurveTo(points[i].x, points[i].y, (points[i].x + points[i + 1].x) / 2, (points[i].y + points[i + 1].y) / 2);
    }
    const last = points[points.length - 1];
    ink.lineTo(last.x, last.y);
    ink.stroke();
  }

  function paint(withPen = true) {
    paper();
    strokes.forEach(stroke);
    if (withPen && pen.isShown) {
      ink.beginPath();
      ink.arc(pen.x, pen.y, width / 2, 0, 2 * Math.PI);
      ink.lineWidth = 2;
      ink.strokeStyle = pen.isDown ? '#d55e00' : '#0072b2';
      ink.stroke();
    }
  }

  function soon() {
    paint();
    planned ||= requestAnimationFrame(() => {
      planned = 0;
      changed();
    });
  }

  const place = event => {
    const box = canvas.getBoundingClientRect();
    return { x: ((event.clientX - box.left) * SIDE) / box.width, y: ((event.clientY - box.top) * SIDE) / box.height };
  };

  canvas.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    canvas.focus({ preventScroll: true });
    pen.isShown = false;
    current = { id: event.pointerId, points: [place(event)], width };
    strokes.push(current);
    soon();
  });
  canvas.addEventListener('pointermove', event => {
    if (!current || current.id !== event.pointerId) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const each of passed.length ? passed : [event]) current.points.push(place(each));
    soon();
  });
  const up = event => {
    if (!current || current.id !== event.pointerId) return;
    current = undefined;
    soon();
  };
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);

  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.addEventListener('keydown', event => {
    const step = STEPS[event.key];
    if (step) {
      pen.x = Math.max(0, Math.min(SIDE, pen.x + step[0] * STEP));
      pen.y = Math.max(0, Math.min(SIDE, pen.y + step[1] * STEP));
      pen.isShown = true;
      if (pen.isDown) strokes[strokes.length - 1].points.push({ x: pen.x, y: pen.y });
    } else if (event.key === ' ' || event.key === 'Enter') {
      pen.isShown = true;
      pen.isDown = !pen.isDown;
      if (pen.isDown) strokes.push({ points: [{ x: pen.x, y: pen.y }], width });
    } else if (event.key === 'Escape' || event.key === 'Delete') {
      api.clear();
    } else if (event.key.toLowerCase() === 'z' || event.key === 'Backspace') {
      api.undo();
    } else {
      return;
    }
    event.preventDefault();
    soon();
  });
  canvas.addEventListener('blur', () => {
    pen.isDown = false;
    pen.isShown = false;
    paint();
  });

  const api = {
    isEmpty: () => strokes.length === 0,
    clear() {
      strokes = [];
      current = undefined;
      pen.isDown = false;
      soon();
    },
    undo() {
      strokes.pop();
      current = undefined;
      pen.isDown = false;
      soon();
    },
    /** How thick lines are from now on, of 280. */
    set width(value) {
      width = value;
    },
    /** The drawing as a data URL of a PNG, dark on light. */
    picture() {
      paint(false);
      const url = canvas.toDataURL('image/png');
      paint();
      return url;
    },
  };
  paint();
  return api;
}

/** Asks about the newest drawing only: one question at a time, and again when it has changed meanwhile. */
export function newest(ask) {
  let isAsking = false;
  let isStale = false;
  return async function again() {
    if (isAsking) {
      isStale = true;
      return;
    }
    isAsking = true;
    try {
      do {
        isStale = false;
        await ask();
      } while (isStale);
    } finally {
      isAsking = false;
    }
  };
}
