import { useQuery } from '@tanstack/react-query';

/** A query of the app's own. */
export function Greeting() {
  const { data } = useQuery({
    queryKey: ['greeting'],
    queryFn: async () => (await fetch('/greeting')).text(),
  });
  return <h1>{data ?? 'Analytics'}</h1>;
}
