import { type FakeUpsolve, startFakeUpsolve } from '../server/fixtures/fakeUpsolve';

export interface FakeTenants {
  readonly upsolve: FakeUpsolve;
  /** The next token is kept back until it is released. */
  hang(): { release: () => void };
}

/** Upsolve's API, whose tokens are numbered in the name that a dashboard draws. */
export async function startFakeTenants(): Promise<FakeTenants> {
  const upsolve = await startFakeUpsolve();
  let hanging = Promise.resolve();
  upsolve.answerWith = async (request) => {
    const displayName = `${String(request['displayName'])}, token ${upsolve.requests.length}`;
    await hanging;
    return { body: { status: 'success', data: { token: await upsolve.sign({ ...request, displayName }) } } };
  };
  return {
    upsolve,
    hang() {
      let release!: () => void;
      hanging = new Promise((resolve) => (release = resolve));
      return { release };
    },
  };
}
