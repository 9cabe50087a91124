// Asks the server. Every failure is a Failure with what is wrong and what to do.

export class Failure extends Error {
  constructor(status, detail, remedy, answer = {}) {
    super(detail);
    this.status = status;
    this.remedy = remedy;
    this.answer = answer;
    this.problems = answer.problems;
  }
}

const BASE = new URL('../v1/', document.baseURI);

/** The address of a route: address('runs', id, 'metrics') */
export function address(...steps) {
  return new URL(steps.map(step => encodeURIComponent(step)).join('/'), BASE);
}

export function query(url, given) {
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, value);
  }
  return url;
}

/** The cookie that shows the server that this page is its own. */
function token() {
  const cookie = document.cookie.split('; ').find(each => /^quire-\d+-xsrf=/.test(each));
  return cookie ? { 'X-XSRF-Token': cookie.slice(cookie.indexOf('=') + 1) } : {};
}

async function ask(method, url, body, type, signal) {
  let answer;
  try {
    answer = await fetch(url, {
      method,
      signal,
      headers: { Accept: 'application/json', ...(type ? { 'Content-Type': type } : {}), ...(method === 'GET' ? {} : token()) },
      body,
    });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Failure(0, 'the server does not answer', 'see whether it still runs, then try again');
  }
  const isJson = (answer.headers.get('content-type') ?? '').includes('json');
  if (!answer.ok) {
    const told = isJson ? await answer.json().catch(() => ({})) : {};
    throw new Failure(answer.status, told.detail ?? told.error ?? `the server answers ${answer.status}`, told.remedy, told);
  }
  if (answer.status === 204) return undefined;
  return isJson ? answer.json() : answer.text();
}

export const get = (url, signal) => ask('GET', url, undefined, undefined, signal);
export const remove = url => ask('DELETE', url);
export const post = (url, body, signal) =>
  body === undefined ? ask('POST', url, undefined, undefined, signal) : ask('POST', url, JSON.stringify(body), 'application/json', signal);
export const upload = (url, form) => ask('POST', url, form);
