import { createFindings, type Finding } from './findings';
import { playPermissions } from './playPermissions';
import { playPreflights } from './playPreflights';
import { playRefusals } from './playRefusals';
import { playTenant } from './playTenant';
import { createWire, type WireOptions } from './wire';

export interface CheckOptions extends Omit<WireOptions, 'refresh' | 'permissions'> {
  /** Undefined where the backend has no route of its own for it. */
  readonly refresh: URL | undefined;
  readonly permissions: URL | undefined;
  /** Waits for a number of ms. */
  readonly wait: (ms: number) => Promise<void>;
  /** Hears of each finding as it comes. */
  readonly onFinding?: (finding: Finding) => void;
}

/** What a check found. */
export interface CheckResult {
  /** Whether nothing is wrong. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Plays the client's wire against a running backend and judges each answer by the client's own code. It mints real tokens.
 * No token, header or body is in what it finds.
 */
export async function runCheck(options: CheckOptions): Promise<CheckResult> {
  const { register, wait, onFinding = () => undefined } = options;
  const findings = createFindings(onFinding);
  for (const [name, value] of options.headers) if (!PLAIN.test(name)) hideHeader(value, findings.hide);
  const wire = createWire({ ...options, refresh: options.refresh ?? register });
  const parts = { wire, findings, wait };
  const tenant = await playTenant(parts);
  if (tenant) {
    await playPermissions(parts, tenant);
    await playRefusals(parts);
  } else findings.skip('the rest', 'Not looked at, for register gave no token.');
  await playPreflights(parts);
  const found = findings.get();
  return { ok: found.every(({ level }) => level !== 'fault'), findings: found };
}

/** Headers that hold no secret, but words that a line may need. */
const PLAIN = /^(accept.*|content-type|user-agent)$/i;

/** A header as it is, and what stands in it: each cookie's value, and what follows a scheme such as Bearer. */
function hideHeader(value: string, hide: (secret: string) => void): void {
  hide(value);
  for (const part of value.split(/[;,\s]+/)) {
    hide(part);
    hide(part.slice(part.indexOf('=') + 1));
  }
}
