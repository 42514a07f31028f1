import type { PropsWithChildren } from 'react';

/** To a story, in the whole of Storybook: a page of docs is a frame in it. */
export function StoryLink({ id, children }: PropsWithChildren<{ id: string }>) {
  return (
    <a href={`./?path=/story/${id}`} target="_top">
      {children}
    </a>
  );
}
