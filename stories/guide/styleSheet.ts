export interface CustomProperty {
  readonly name: string;
  readonly describes: string;
  readonly fallback: string;
}

/** The head of styles.css → the custom properties that it documents. */
export function parseCustomProperties(css: string): CustomProperty[] {
  const head = css.slice(css.indexOf('Custom properties:'), css.indexOf('Classes:'));
  const properties: CustomProperty[] = [];
  for (const line of head.split('\n').map((text) => text.replace(/^ \*/, '').trim())) {
    const [, name, describes, fallback] = /^(--upsolve-[\w-]+)\s+(.+?)\s{2,}(.+)$/.exec(line) ?? [];
    const last = properties.at(-1);
    if (name && describes && fallback) properties.push({ name, describes, fallback });
    else if (last && line) properties.splice(-1, 1, { ...last, describes: `${last.describes} ${line}` });
  }
  return properties;
}
