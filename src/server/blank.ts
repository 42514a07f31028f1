/** Nothing of JSON that a filter could filter by: null, white space, an empty list or object. */
export function isBlank(json: unknown): boolean {
  if (json === undefined || json === null) return true;
  if (typeof json === 'string') return json.trim() === '';
  return typeof json === 'object' && Object.keys(json).length === 0;
}

/** Whether it is blank or holds something blank, however deep. */
export function hasBlankValue(json: unknown): boolean {
  if (isBlank(json)) return true;
  if (typeof json !== 'object' || json === null) return false;
  return Object.entries(json).some(([name, inner]) => name.trim() === '' || hasBlankValue(inner));
}
