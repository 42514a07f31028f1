/** Whose token it is, by its claims; a token that can't be read is some tenant's. */
export function tenantName(token) {
  try {
    const base64 = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const name = JSON.parse(new TextDecoder().decode(bytes)).data?.displayName;
    return typeof name === 'string' && name !== '' ? name : 'Your company';
  } catch {
    return 'Your company';
  }
}
