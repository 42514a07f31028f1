/**
 * Passes a framework's own signal on, as it is: Next ends a prerender, redirects and answers "not found" by throwing an
 * error with a `digest`, which it must get back. It stands first in each `catch` around code of the app or the platform.
 */
export function rethrowSignal(thrown: unknown): void {
  if (typeof (thrown as { digest?: unknown } | null | undefined)?.digest === 'string') throw thrown as Error;
}
