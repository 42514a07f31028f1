import { expect, it } from 'vitest';
import { createListeners } from '../../src/core/listeners';

it('listeners are told until they leave, each once', () => {
  const { subscribe, tell } = createListeners<[text: string]>();
  const told: string[] = [];
  const listener = (text: string): void => void told.push(text);
  const leave = subscribe(listener);
  subscribe(listener);
  tell('a');
  leave();
  tell('b');
  expect(told).toEqual(['a']);
});

it('who leaves or joins while others are told changes nothing for them', () => {
  const { subscribe, tell } = createListeners();
  const told: string[] = [];
  const leave = subscribe(() => {
    told.push('first');
    leave();
    subscribe(() => void told.push('late'));
  });
  subscribe(() => void told.push('second'));
  tell();
  expect(told).toEqual(['first', 'second']);
});
