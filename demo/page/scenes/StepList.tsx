import type { Step } from './scenes.ts';

interface StepListProps {
  steps: readonly Step[];
  /** How many have had their effect. */
  done: number;
  isShown: boolean;
}

/** The steps of a scene. An effect's words have their place from the start, and are seen, and said, once it is there. */
export function StepList({ steps, done, isShown }: StepListProps) {
  // On a small screen one step is seen at a time: the last that has had its effect.
  const shown = Math.max(0, done - 1);
  return (
    <ol className="steps" hidden={!isShown} aria-live={isShown ? 'polite' : undefined}>
      {steps.map(({ cause, effect }, index) => (
        <li key={index} data-is={index < done ? 'done' : index === done ? 'next' : 'later'} data-seen={index === shown}>
          <p className="cause">{cause}</p>
          <p className="effect">{effect}</p>
        </li>
      ))}
    </ol>
  );
}
