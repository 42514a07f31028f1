export interface CustomProperty {
  readonly name: string;
  readonly describes: string;
  /** In words. */
  readonly fallback: string;
}

export interface ClassName {
  readonly name: string;
  readonly describes: string;
}

/** The head of styles.css → the custom properties that it documents. */
export function parseCustomProperties(css: string): CustomProperty[] {
  const head = css.slice(css.indexOf('Custom properties:'), css.indexOf('Classes:'));
  const properties: CustomProperty[] = [];
  for (const line of readLines(head)) {
    const [, name, describes, fallback] = /^(--upsolve-[\w-]+)\s+(.+?)\s{2,}(.+)$/.exec(line) ?? [];
    const last = properties.at(-1);
    if (name && describes && fallback) properties.push({ name, describes, fallback });
    else if (last && line) properties.splice(-1, 1, { ...last, describes: `${last.describes} ${line}` });
  }
  return properties;
}

/** The head of styles.css → the class names that it documents. */
export function parseClassNames(css: string): ClassName[] {
  const head = css.slice(css.indexOf('Classes:'), css.indexOf('Light and dark:'));
  const names: ClassName[] = [];
  for (const line of readLines(head)) {
    const [, name, describes] = /^(upsolve-tenant[\w-]*)\s{2,}(.+)$/.exec(line) ?? [];
    const last = names.at(-1);
    if (name && describes) names.push({ name, describes });
    else if (last && line) names.splice(-1, 1, { ...last, describes: `${last.describes} ${line}` });
  }
  return names;
}

/** What the code falls back to where a property isn't set, as CSS: `var(--name, this)`. */
export function readFallback(code: string, name: string): string | undefined {
  const start = code.indexOf(`var(${name}, `);
  if (start < 0) return undefined;
  const from = start + `var(${name}, `.length;
  let depth = 1;
  let at = from;
  while (depth > 0 && at < code.length) {
    if (code[at] === '(') depth += 1;
    if (code[at] === ')') depth -= 1;
    at += 1;
  }
  return code.slice(from, at - 1);
}

const readLines = (head: string): string[] => head.split('\n').map((text) => text.replace(/^ \*/, '').trim());
