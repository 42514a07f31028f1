import fc from 'fast-check';

/** Stands in every token and in whatever else must not be told; no code and no path holds it. */
export const HUSH = 'hushhushhush';
export const START_MS = Date.UTC(2030, 0, 1);
const START_S = START_MS / 1_000;
const HOUR_S = 3_600;

/** Fields that hold what they should not. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, false, 0, -0, -1, '', ' ', '0x10', '1e9', '12abc', 'tomorrow', 10n),
  fc.constantFrom<unknown>(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e11, 1e12, 1e308, -1e308),
  fc.constantFrom<unknown>([], {}, [1], [[[]]], { token: HUSH }, { [HUSH]: { [HUSH]: HUSH } }, HUSH, HUSH.repeat(9)),
  fc.constantFrom<unknown>(new Date(Number.NaN), new Date(8.64e15), '2030-13-01T00:00:00Z', '2030-01-01T00:00:00'),
  fc.oneof(fc.string({ maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 20 })),
  fc.oneof(fc.integer(), fc.double()),
  fc.jsonValue({ maxDepth: 2 }),
);

/** JSON as a server might write it: endless numbers too, which JSON.parse reads from 1e999. */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value, (_name, held: unknown) => {
    if (typeof held === 'bigint') return String(held);
    return held === Number.POSITIVE_INFINITY || held === Number.NEGATIVE_INFINITY ? `endless ${held}` : held;
  });
  return text === undefined ? '' : text.replace(/"endless (-?)Infinity"/g, '$11e999');
}

const issuedAt = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -HOUR_S, max: 5 }).map((ago) => START_S + ago) },
  { weight: 1, arbitrary: fc.constantFrom(0.5, START_S - 0.25, -START_S) },
);

const life = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1_000, max: 2 * HOUR_S }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }) },
  { weight: 1, arbitrary: fc.constantFrom(0.5, 24 * HOUR_S, 48 * HOUR_S, 10_000 * HOUR_S) },
);

const goodClaims = fc.tuple(issuedAt, life).map(([iat, seconds]) => ({ iat, exp: iat + seconds }));

/** Ends before it begins, in ms, in text, beyond the year 9999, absent, or anything. */
const badClaims: fc.Arbitrary<unknown> = fc.oneof(
  fc.tuple(goodClaims, fc.integer({ min: 0, max: HOUR_S })).map(([{ iat }, ago]) => ({ iat, exp: iat - ago })),
  goodClaims.map(({ iat, exp }) => ({ iat: iat * 1_000, exp: exp * 1_000 })),
  goodClaims.map(({ iat, exp }) => ({ iat, exp: exp * 1_000 })),
  goodClaims.map(({ iat, exp }) => ({ iat, exp: String(exp) })),
  goodClaims.map(({ iat }) => ({ iat, exp: 253_402_300_800 })),
  goodClaims.map(({ exp }) => ({ iat: -253_402_300_800, exp })),
  goodClaims.map(({ exp }) => ({ exp })),
  goodClaims.map(({ iat }) => ({ iat })),
  goodClaims.map((claims) => ({ data: claims })),
  goodClaims.map((claims) => [claims]),
  fc.tuple(goodClaims, junk).map(([{ iat }, exp]) => ({ iat, exp })),
  fc.tuple(goodClaims, junk).map(([{ exp }, iat]) => ({ iat, exp })),
  junk,
);

const displayName = fc.constantFrom('Acme', 'Zażółć gęślą jaźń', '🦊 ÿ?>~', 'a', '__proto__');
const payload = (claims: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.tuple(claims, displayName).map(([held, name]) => {
    const isRecord = typeof held === 'object' && held !== null && !Array.isArray(held) && !('data' in held);
    return writeJson(isRecord ? { data: { displayName: name, payload: HUSH }, ...held } : held);
  });

const base64url = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url');

const goodPart = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.constantFrom<BufferEncoding>('base64url', 'base64url', 'base64url', 'base64'))
    .map(([json, alphabet]) => Buffer.from(json).toString(alphabet));

/** A payload that cannot be read, though some decoders would make do with it. */
const badPart: fc.Arbitrary<string> = fc.oneof(
  payload(goodClaims).map((json) => `${base64url(json)}=`),
  payload(goodClaims).map((json) => `${base64url(json)}===`),
  payload(goodClaims).map((json) => base64url(json).slice(0, -2)),
  payload(goodClaims).map((json) => `*${base64url(json)}`),
  payload(goodClaims).map((json) => base64url(`\uFEFF${json}`)),
  payload(goodClaims).map((json) => base64url(Buffer.concat([Buffer.from(json), Buffer.from([0xff])]))),
  fc.constantFrom([0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]).map((broken) => {
    const named = Buffer.from(`{"iat":${START_S},"exp":${START_S + HOUR_S},"name":"#"}`);
    return base64url(Buffer.concat([named.subarray(0, -3), Buffer.from(broken), named.subarray(-2)]));
  }),
  fc.constantFrom('', '=', 'A', 'bnVsbA', 'W10', 'e30', 'IiI').map(String),
  fc.string({ maxLength: 40 }),
);

const header = goodPart(fc.constantFrom('{"alg":"HS256","typ":"JWT"}', '{}'));
const signature = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_'), maxLength: 43 }).map((text) => HUSH + text);
const joined = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join('.'));

const goodJwt = joined(header, goodPart(payload(goodClaims)), signature);
const visible = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) });
const goodOpaque = visible.map((text) => `${HUSH}-of-${text.replaceAll('.', '')}`);

const badToken: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: joined(header, goodPart(payload(badClaims)), signature) },
  { weight: 4, arbitrary: joined(header, badPart, signature) },
  { weight: 1, arbitrary: joined(badPart, goodPart(payload(goodClaims)), signature) },
  // Two parts or four are an opaque token.
  { weight: 1, arbitrary: joined(header, goodPart(payload(goodClaims))) },
  { weight: 1, arbitrary: joined(header, goodPart(payload(goodClaims)), signature, signature) },
  { weight: 1, arbitrary: goodJwt.map((token) => `${token}é`) },
  { weight: 1, arbitrary: goodOpaque.map((token) => `${token}\u00a0`) },
  { weight: 1, arbitrary: goodOpaque.map((token) => `${token}\u0000\r\n`) },
  { weight: 1, arbitrary: fc.string({ maxLength: 15 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 16 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('.', '..', '...', `..${HUSH}${HUSH}`, `${HUSH}..${HUSH}`, 'x'.repeat(50_000)),
  },
  { weight: 2, arbitrary: junk },
);

export const tokens: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: goodJwt },
  { weight: 2, arbitrary: goodOpaque },
  { weight: 2, arbitrary: badToken },
);
