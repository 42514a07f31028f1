// Stands for Upsolve's share pages: says whose token it was given, and asks nobody. The application alone speaks to its
// parent, about filters.
const url = new URL(location.href);
const [, kind, id] = /\/share\/(\w+)\/(\w+)/.exec(url.pathname);
const token = url.searchParams.get('jwt') ?? '';
const theme = url.searchParams.get('theme') ?? 'light dark';

const style = document.createElement('style');
style.textContent = `
  :root { color-scheme: ${theme === 'light' || theme === 'dark' ? theme : 'light dark'}; }
  body { margin: 0; padding: 1rem; background: Canvas; color: CanvasText; font: 14px/1.5 system-ui, sans-serif; }
  h1 { margin: 0 0 .5rem; font-size: 1rem; }
  p { margin: .25rem 0; }
  svg { display: block; width: 100%; height: 9rem; margin-block: .75rem; fill: #7686d6; }
  select, button { font: inherit; min-height: 1.75rem; }
`;
document.head.append(style);

const main = document.querySelector('main');
main.dataset.token = shorten(token);

function add(name, text, properties = {}) {
  const element = Object.assign(document.createElement(name), { textContent: text, ...properties });
  main.append(element);
  return element;
}

add('h1', `${kind} “${id}” of ${readName(token)}`);
add('p', `Drawn with token ${shorten(token)}`);
if (kind === 'dashboard') addBars([4, 6, 5, 8, 7, 9, 8, 11]);
if (kind === 'chat') addChat();
if (kind === 'application') addFilters();

function addBars(values) {
  const picture = add('div', '');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', `Orders by month: ${values.join(', ')}`);
  const bars = values.map((value, index) => `<rect x="${index * 12}" y="${12 - value}" width="9" height="${value}" />`);
  picture.innerHTML = `<svg viewBox="0 0 96 12" preserveAspectRatio="none" aria-hidden="true">${bars.join('')}</svg>`;
}

function addChat() {
  const answers = add('div', '');
  answers.setAttribute('aria-live', 'polite');
  add('button', 'How was the year?', {
    type: 'button',
    onclick: () => answers.append(Object.assign(document.createElement('p'), { textContent: 'Better than the last.' })),
  });
}

function addFilters() {
  const parentOrigin = url.searchParams.get('parentOrigin');
  const label = add('label', 'Region ');
  const select = document.createElement('select');
  for (const region of ['', 'North', 'South']) select.append(new Option(region || 'All regions', region));
  label.append(select);
  add('p', '', { id: 'shown' });
  const show = () => (document.getElementById('shown').textContent = `Showing: ${select.value || 'all regions'}`);
  select.onchange = () => {
    show();
    const search = select.value ? `?f_region=${encodeURIComponent(select.value)}` : '';
    parent.postMessage({ type: 'embed:params', v: 1, search }, parentOrigin);
  };
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== parent || origin !== parentOrigin || data?.type !== 'embed:set-params') return;
    select.value = new URLSearchParams(data.search).get('f_region') ?? '';
    show();
  });
  show();
  addBars([3, 5, 4, 6, 6, 8, 7, 9]);
  if (parentOrigin && parent !== window) parent.postMessage({ type: 'embed:ready', v: 1 }, parentOrigin);
}

function readName(jwt) {
  try {
    const text = atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)).data.displayName;
  } catch {
    return 'nobody';
  }
}

/** A short name for a token, to tell two apart. */
function shorten(text) {
  let hash = 0;
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
