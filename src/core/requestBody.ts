import { invalid, refuseApiKey, refuseApiKeyInJson } from './refusals';

/** A body as `fetch` takes it, with the content type it must name itself; fetch names that of forms and Blobs. */
export interface SerializedBody {
  readonly body: BodyInit;
  readonly contentType?: string;
}

const JSON_TYPE = 'application/json';

/**
 * Whatever `body` gave → what is sent: plain data as JSON, the rest as it is.
 *
 * @throws UpsolveTenantError `api_key_in_browser`, or `invalid_options` for data that is no JSON.
 */
export async function serializeBody(value: unknown): Promise<SerializedBody> {
  if (typeof value === 'string') {
    refuseApiKeyInText(value);
    return { body: value, contentType: isJson(value) ? JSON_TYPE : 'text/plain;charset=UTF-8' };
  }
  if (value instanceof FormData || value instanceof URLSearchParams) {
    for (const [name, part] of value) {
      refuseApiKey(name);
      refuseApiKey(typeof part === 'string' ? part : `${part.name} ${await part.text()}`);
    }
    return { body: value };
  }
  if (value instanceof Blob) {
    refuseApiKeyInText(await value.text());
    return { body: value };
  }
  const json = stringify(value);
  refuseApiKeyInJson(json);
  return { body: json, contentType: JSON_TYPE };
}

function refuseApiKeyInText(text: string): void {
  if (isJson(text)) refuseApiKeyInJson(text);
  else refuseApiKey(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function stringify(value: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch {
    // It holds itself, or a BigInt: refused below.
  }
  if (json === undefined) throw invalid('body is neither JSON data nor text, FormData, URLSearchParams or Blob.');
  return json;
}
