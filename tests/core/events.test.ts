import { expect, it } from 'vitest';
import { createListeners } from '../../src/core/events';

it('listeners are told until they leave, each once', () => {
  const { subscribe, tell } = createListeners();
  const told: string[] = [];
  const listener = (): void => void told.push('told');
  const leave = subscribe(listener);
  subscribe(listener);
  tell();
  expect(told).toEqual(['told', 'told']);
  leave();
  tell();
  expect(told).toEqual(['told', 'told', 'told']);
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
