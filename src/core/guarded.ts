/** A callback that throws is the app's error: it is reported as one and must not end the chain of refreshes. */
export function guarded(call: () => unknown): unknown {
  try {
    return call();
  } catch (thrown) {
    if (typeof reportError === 'function') reportError(thrown);
    else
      queueMicrotask(() => {
        throw thrown;
      });
    return undefined;
  }
}
