/** What is there, or will be. Whoever awaits what is there pays as much as for the rest of a kept token's answer. */
export type Eventual<Value> = Value | Promise<Value>;

export function isPromiseLike<Value>(value: Eventual<Value>): value is Promise<Value> {
  return typeof (value as { then?: unknown } | null)?.then === 'function';
}

/** Goes on with a value: at once, if it is there. */
export function followUp<Value, Next>(value: Eventual<Value>, next: (value: Value) => Eventual<Next>): Eventual<Next> {
  return isPromiseLike(value) ? value.then(next) : next(value);
}
