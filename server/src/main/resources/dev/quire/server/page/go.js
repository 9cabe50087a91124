// From one page of the application to another.

/** What happens to the window when its address has become another; the application then shows that page. */
export const MOVED = 'quire-moved';

/** Goes to another page of the application without loading it anew. */
export function go(place) {
  history.pushState(null, '', place);
  scrollTo(0, 0);
  dispatchEvent(new Event(MOVED));
}
