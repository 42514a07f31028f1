import type { Finding, FindingLevel } from './findings';
import type { CheckOptions, CheckResult } from './runCheck';

const SIGNS: Readonly<Record<FindingLevel, string>> = { holds: '✓', fault: '✗', advice: '!', skipped: '–' };
/** Green, red, yellow, grey. Source: ECMA-48, Select Graphic Rendition. */
const COLORS: Readonly<Record<FindingLevel, number>> = { holds: 32, fault: 31, advice: 33, skipped: 90 };

export interface Report {
  /** What stands before the first line. */
  readonly begin: (url: URL, options: Pick<CheckOptions, 'headers' | 'origin' | 'register'>) => string;
  readonly tell: (finding: Finding) => string;
  readonly end: (result: CheckResult) => string;
}

/** What a person reads, line by line. */
export function createReport(hasColors: boolean): Report {
  const paint = (text: string, color: number): string => (hasColors ? `\u001b[${color}m${text}\u001b[0m` : text);
  let step = '';
  return {
    begin(url, { headers, origin, register }) {
      const names = headers.map(([name]) => name).join(', ') || 'no header of a session';
      return [
        `Checks ${url.origin}${url.pathname} as a page of ${origin ?? register.origin} would ask it, with ${names}.`,
        'It mints real tokens of your Upsolve account. Where your app acts when permissions change, it may do so now.',
        '',
      ].join('\n');
    },
    tell(finding) {
      const { level, message, value, cure } = finding;
      const title = finding.step === step ? [] : [`\n${finding.step}`];
      step = finding.step;
      const found = value === undefined ? '' : `: ${value}`;
      const line = `  ${paint(SIGNS[level], COLORS[level])} ${message}${found}`;
      return [...title, line, ...(cure === undefined ? [] : [`    ${cure}`]), ''].join('\n');
    },
    end({ findings }) {
      const count = (level: FindingLevel): number => findings.filter((finding) => finding.level === level).length;
      const skipped = count('skipped');
      return [
        '',
        paint(`${count('fault')} wrong`, count('fault') > 0 ? COLORS.fault : COLORS.holds) +
          `, ${count('advice')} could be safer, ${count('holds')} hold${skipped > 0 ? `, ${skipped} not looked at` : ''}`,
        '',
      ].join('\n');
    },
  };
}

/** What a machine reads. */
export function serializeResult(url: URL, { ok, findings }: CheckResult): string {
  return `${JSON.stringify({ url: url.origin + url.pathname, ok, findings }, null, 2)}\n`;
}
