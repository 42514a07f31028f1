import type { TenantHandlerListener } from './faults';
import type { TenantIdentity } from './identity';
import type { PermissionsListener } from './roleSignal';
import type { TenantStore } from './stores/TenantStore';

/** What `issueToken` may give back: the token, what Upsolve would answer, or its whole HTTP answer. */
export type IssuedTokenAnswer =
  | string
  | Response
  | { readonly token: string; readonly expiresAt?: string | number | Date; readonly expiresIn?: number };

/** Options of `createUpsolveTenantHandler`. */
export type UpsolveTenantHandlerOptions<
  Identity extends TenantIdentity = TenantIdentity,
  Context = unknown,
> = TenantHandlerSettings<Identity, Context> & TenantStoreOptions;

/** A store of one's own keeps tokens beyond this process, so it needs keys to encrypt them with. */
export type TenantStoreOptions =
  | {
      /**
       * Where tokens are kept: `createPostgresStore()` for several processes, `createRedisStore()`, `createSqliteStore()`,
       * or any Keyv 5 instance. @default memory, for one process
       */
      store: TenantStore;
      /** Secrets of 32 or more characters, newest first: the first encrypts, any of them decrypts. */
      encryptionKeys: readonly [string, ...string[]];
    }
  | { store?: undefined; encryptionKeys?: readonly string[] | undefined };

export interface TenantHandlerSettings<Identity extends TenantIdentity, Context> {
  /**
   * Who is asking, from the app's own session; null where nobody is signed in (401). A `Response` is sent as it is. The
   * second argument is what the handler was called with: Express's `req`, Hono's `c`, Next's params.
   */
  identify(request: Request, context: Context): Identity | Response | null | Promise<Identity | Response | null>;
  /**
   * Upsolve's API key, first needed by a request. It appears in no answer, log, error, event or stored value.
   *
   * @default process.env.UPSOLVE_API_KEY
   */
  apiKey?: string | undefined;
  /** The path the three routes stand below. @default '/upsolve' */
  basePath?: string | undefined;
  /** Upsolve's API, https but for this machine. @default 'https://api.upsolve.ai' */
  upsolveUrl?: string | undefined;
  /**
   * `/tenant/register` hands out a kept token while it has this left, in ms; one whose whole life is shorter is never
   * kept for another request. @default half of the token's lifetime
   */
  reuseMs?: number | undefined;
  /**
   * How long one request may take in all, in ms: `identify` half of it at most, Upsolve what the store leaves. The answer
   * waits no longer for `onPermissionsChange` either. @default 9_000, less than the provider's own 10_000
   */
  requestTimeoutMs?: number | undefined;
  /** How long the store may take each time, in ms; after that a token comes from Upsolve. @default 1_000 */
  storeTimeoutMs?: number | undefined;
  /**
   * Other origins whose pages may ask, with credentials: `https://app.example.com`, `capacitor://localhost`.
   *
   * @default [], same origin only
   */
  allowedOrigins?: readonly string[] | undefined;
  /** Lets blank prefilters pass: such a token shows the data of every tenant. @default false */
  allowUnfiltered?: boolean | ((identity: Identity) => boolean) | undefined;
  /**
   * The role signal: the effective permissions of this user in this tenant changed. One user's changes are told one at a
   * time, in the order in which `identify` was asked, and end on the newest; where it fails, or takes more than half of
   * `requestTimeoutMs`, it is called again at a later request. Processes that notice a change at the same moment may each
   * call it.
   */
  onPermissionsChange?: PermissionsListener<Identity> | undefined;
  /**
   * Issues tokens instead of Upsolve's register call, as for the successor API. A token is then kept for exactly this
   * identity, `userId` included.
   */
  issueToken?:
    | ((
        identity: Identity,
        context: { signal: AbortSignal; fetch: typeof globalThis.fetch },
      ) => IssuedTokenAnswer | Promise<IssuedTokenAnswer>)
    | undefined;
  /** @default the platform's, looked up at each call */
  fetch?: typeof globalThis.fetch | undefined;
  /** This process's own wall time in ms; a store that tells its time rules over it. @default Date.now */
  now?: (() => number) | undefined;
  /** Everything that happens, without secrets. @default faults and tokens that Upsolve did not give go to console.error, the rest nowhere */
  onEvent?: TenantHandlerListener | undefined;
}
