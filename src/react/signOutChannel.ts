/** Rule 12: the app's other tabs, as far as this browser lets them hear. */
export interface SignOutChannel {
  /** Says that a session was cleared here. Only its name goes out. */
  announce(sessionName: string): void;
  close(): void;
}

const CHANNEL_NAME = 'react-upsolve-tenant';

export function openSignOutChannel(onSignOut: (sessionName: string) => void): SignOutChannel {
  if (typeof BroadcastChannel === 'undefined') return { announce: () => undefined, close: () => undefined };
  const channel = new BroadcastChannel(CHANNEL_NAME);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') onSignOut(data);
  };
  return {
    announce: (sessionName) => channel.postMessage(sessionName),
    close: () => channel.close(),
  };
}
