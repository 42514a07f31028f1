import { hash } from './random.js';

/** Token → six letters and digits to tell two tokens apart by eye. It can't be turned back. */
export function fingerprint(token) {
  return hash(token).toString(36).padStart(6, '0').slice(-6);
}
