/** Text without the secret, and without the password of a connection string. */
export function redact(text: string, secret: string | undefined): string {
  const clean = secret ? text.replaceAll(secret, '[api key]') : text;
  return clean.replace(/\/\/[^\s/@]+@/g, '//[credentials]@');
}

/** Whether a token holds the secret, as it stands or inside a JWT's readable parts. */
export function holdsSecret(token: string, secret: string | undefined): boolean {
  if (!secret) return false;
  return token.includes(secret) || token.split('.').some((part) => decode(part).includes(secret));
}

function decode(part: string): string {
  try {
    return atob(part.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
}
