import type { Meta, StoryObj } from '@storybook/react-vite';
import type { UpsolveTenantErrorCode } from 'react-upsolve-tenant';
import { type BackendErrorCode, FakeUpsolveTenantProvider } from 'react-upsolve-tenant/testing';
import { expect, waitFor } from 'storybook/test';
import { DEFAULT_LABELS, getErrorText } from '../../src/react/guard/labels';
import { expectError, readFigure } from '../bench/canvas';
import type { Bench } from '../bench/createBench';
import { Guard } from '../controls/Guard';
import type { GuardArgs } from '../controls/guardArgs';

/** One story for each code, with its default text. What is retried by itself goes on being retried while you look. */
const meta = {
  title: 'States/Errors',
  component: Guard,
  parameters: { place: { height: '20rem' } },
} satisfies Meta<GuardArgs>;

export default meta;
type Story = StoryObj<GuardArgs>;

/** By a backend that causes it. */
function causedBy(code: BackendErrorCode): Story {
  return {
    parameters: { bench: { mood: code } },
    play: async ({ canvas }) => expectError(canvas, getErrorText(DEFAULT_LABELS.errors, code)),
  };
}

/** By what comes about in the page itself, before or without a request. */
function held(code: UpsolveTenantErrorCode): Story {
  return {
    parameters: { bench: { isOff: true } },
    decorators: [
      (StoryBelow) => (
        <FakeUpsolveTenantProvider state={{ status: 'error', error: code }}>
          <StoryBelow />
        </FakeUpsolveTenantProvider>
      ),
    ],
    play: async ({ canvas }) => expectError(canvas, getErrorText(DEFAULT_LABELS.errors, code)),
  };
}

/** The first request did not arrive. */
export const Network: Story = causedBy('network');

/** No answer in time. */
export const Timeout: Story = {
  // Told by the backend itself, at once: waiting for the provider's own patience would take ten seconds, twice.
  parameters: { bench: { beforeFirst: ({ backend }: Bench) => backend.respondWith(408) } },
  play: async ({ canvas }) => expectError(canvas, getErrorText(DEFAULT_LABELS.errors, 'timeout')),
};

/** The backend fails. */
export const Server: Story = causedBy('server');

/** The backend asks for fewer requests. */
export const RateLimited: Story = causedBy('rate_limited');

/** An answer that is no tenant: here, a page in HTML. */
export const InvalidResponse: Story = causedBy('invalid_response');

/** Upsolve refuses the backend’s API key. */
export const InvalidApiKey: Story = causedBy('invalid_api_key');

/** The session is lost, or there never was one. */
export const Unauthenticated: Story = causedBy('unauthenticated');

/** The backend says that the session has expired. */
export const TokenExpired: Story = causedBy('token_expired');

/** Somebody who may not see this tenant. */
export const Forbidden: Story = causedBy('forbidden');

/** The backend takes the page for another site’s. */
export const OriginNotAllowed: Story = causedBy('origin_not_allowed');

/** Another tenant’s token came. */
export const TenantMismatch: Story = causedBy('tenant_mismatch');

/** Upsolve refuses what the backend registers. */
export const InvalidTenantConfiguration: Story = causedBy('invalid_tenant_configuration');

/** The endpoint is not there. */
export const NotFound: Story = causedBy('not_found');

/** Tokens come that have already ended. */
export const TokenExpiredOnArrival: Story = {
  ...causedBy('token_expired_on_arrival'),
  play: async ({ canvas, userEvent }) => {
    // The second attempt follows after 30 s, and only then it is an error.
    await waitFor(() => expect(readFigure(canvas, 'Error')).toBe('token_expired_on_arrival'));
    await userEvent.click(canvas.getByRole('button', { name: '5 min forward' }));
    await expectError(canvas, getErrorText(DEFAULT_LABELS.errors, 'token_expired_on_arrival'));
  },
};

/** The token in use came back. Held still: in an app the dashboard runs on it until its end. */
export const TokenNotRenewed: Story = held('token_not_renewed');

/** The endpoint is plain http. Refused before a byte is sent. */
export const InsecureEndpoint: Story = held('insecure_endpoint');

/** An Upsolve API key is in the browser. Refused before a byte is sent. */
export const ApiKeyInBrowser: Story = held('api_key_in_browser');

/** An option can’t be used. */
export const InvalidOptions: Story = held('invalid_options');

/** A request was given up. No callback hears it; shown for its text only. */
export const Aborted: Story = held('aborted');
