import { scrub } from '../core/errors';

/** What a line says of the backend: it is right, it is wrong, it could be safer, or it was not looked at. */
export type FindingLevel = 'holds' | 'fault' | 'advice' | 'skipped';

/** One line of a check. */
export interface Finding {
  readonly level: FindingLevel;
  /** Which request it is about, such as `register`. */
  readonly step: string;
  readonly message: string;
  /** What was found in place of what was expected, as text. */
  readonly value?: string;
  readonly cure?: string;
}

export interface FindingDetails {
  /** Shown as JSON, cut to a line. */
  readonly value?: unknown;
  readonly cure?: string;
}

export type Findings = ReturnType<typeof createFindings>;

const LONGEST_VALUE = 80;

/**
 * Gathers what is found, in order. Texts that were declared secret are replaced in every line, wherever they come from: a
 * backend may repeat a cookie or a token anywhere.
 */
export function createFindings(onFinding: (finding: Finding) => void) {
  const secrets = new Set<string>();
  const told = new Set<string>();
  const found: Finding[] = [];

  const redact = (text: string): string =>
    [...secrets]
      .toSorted((a, b) => b.length - a.length)
      .reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text);

  function add(level: FindingLevel, step: string, message: string, { value, cure }: FindingDetails = {}): void {
    const finding: Finding = {
      level,
      step,
      message: redact(message),
      ...(value !== undefined && { value: scrub(redact(describeValue(value))).slice(0, LONGEST_VALUE) }),
      ...(cure !== undefined && { cure: redact(cure) }),
    };
    // One cause is said once, however many answers it spoils.
    const cause = JSON.stringify([level, finding.message, finding.cure]);
    if (cure !== undefined && told.has(cause)) return;
    told.add(cause);
    found.push(finding);
    onFinding(finding);
  }

  return {
    /** A text that no line may hold. What is very short would hide ordinary words. */
    hide: (secret: string): void => {
      if (secret.length >= 4) secrets.add(secret);
    },
    holds: (step: string, message: string): void => add('holds', step, message),
    fault: (step: string, message: string, details?: FindingDetails): void => add('fault', step, message, details),
    advise: (step: string, message: string, details?: FindingDetails): void => add('advice', step, message, details),
    skip: (step: string, message: string): void => add('skipped', step, message),
    get: (): readonly Finding[] => found,
  };
}

function describeValue(value: unknown): string {
  return typeof value === 'string' && !value.includes('"') ? `"${value}"` : (JSON.stringify(value) ?? String(value));
}
