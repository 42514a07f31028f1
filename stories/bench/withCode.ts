import type { Decorator, StoryContext } from '@storybook/react-vite';
import { emitTransformCode, useEffect } from 'storybook/preview-api';
import { composeCode } from '../controls/composeCode';
import type { ExampleName } from '../examples/exampleSources';
import type { BenchParameters } from './benchParameters';

/** The story as an app has it, in place of the story's own source: without bench and play. */
export function writeStoryCode(
  _source: string,
  { args, unmappedArgs, parameters }: Pick<StoryContext, 'args' | 'parameters'> & { unmappedArgs?: object },
): string {
  const bench = (parameters['bench'] ?? {}) as BenchParameters;
  return composeCode({
    args: { ...(unmappedArgs ?? args) },
    example: parameters['example'] as ExampleName | undefined,
    isFramed: bench.isFramed,
    hasPermissionsEndpoint: bench.permissionsFrom === 'endpoint',
  });
}

/** Tells the panel of a story's code, again with each change of a control. */
export const withCode: Decorator = (StoryBelow, context) => {
  useEffect(() => void emitTransformCode(context.id, context), [context.id, context.args]);
  return StoryBelow();
};
