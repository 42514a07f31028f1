/** Nothing that a filter could filter by: null, NaN, white space, an empty list or object. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (typeof value === 'number') return Number.isNaN(value);
  if (value instanceof Date) return Number.isNaN(value.getTime());
  if (value instanceof Set || value instanceof Map) return true; // JSON would make `{}` of it
  return typeof value === 'object' ? Object.keys(value).length === 0 : typeof value === 'function';
}

/** Whether it is blank or holds something blank, however deep: `{org: undefined}` filters nothing once it is JSON. */
export function hasBlankValue(value: unknown): boolean {
  if (isBlank(value)) return true;
  if (typeof value !== 'object' || value === null || value instanceof Date) return false;
  return Object.entries(value).some(([name, inner]) => name.trim() === '' || hasBlankValue(inner));
}
