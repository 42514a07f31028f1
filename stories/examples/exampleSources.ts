const SOURCES: Readonly<Record<string, string>> = import.meta.glob('./*.tsx', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every example: it is shown as it is used, by the very text of its file. */
export type ExampleName =
  | 'DashboardSkeleton'
  | 'FilteredApplication'
  | 'FramedBesideNative'
  | 'NothingMoves'
  | 'OldFigures'
  | 'OrdersByFunction'
  | 'SalesError'
  | 'SignInLink'
  | 'SignInPlace'
  | 'ThreeTiles';

export function getExampleSource(name: ExampleName): string {
  const source = SOURCES[`./${name}.tsx`];
  if (source === undefined) throw new Error(`No example is called ${name}`);
  return source;
}
