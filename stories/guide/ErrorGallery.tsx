import { UpsolveTenantError } from 'react-upsolve-tenant';
import { getCure } from '../../src/core/diagnosis';
import { ERROR_CODES } from '../../src/core/errors';
import { DEFAULT_LABELS, getErrorText } from '../../src/react/guard/labels';
import { HeldGuard } from '../bench/HeldStates';
import { StoryLink } from './StoryLink';

/** Every error at a glance: what its user sees and reads, and what the app can do. */
export function ErrorGallery() {
  return (
    <ul className="gallery gallery--errors">
      {ERROR_CODES.map((code) => (
        <li key={code} className="gallery__card">
          <h3 className="gallery__name">
            <StoryLink id={`states-errors--${code.replaceAll('_', '-')}`}>
              <code>{code}</code>
            </StoryLink>
          </h3>
          <div className="gallery__picture" inert>
            <HeldGuard state={{ status: 'error', error: code }} title={code} />
          </div>
          <dl className="gallery__facts">
            <dt>Your user reads</dt>
            <dd>
              {getErrorText(DEFAULT_LABELS.errorTitles, code)}. {getErrorText(DEFAULT_LABELS.errors, code)}
            </dd>
            <dt>Your app can</dt>
            <dd>{getCure(code)}</dd>
            <dt>Tried again by itself</dt>
            <dd>{new UpsolveTenantError(code).retryable ? 'yes' : 'no'}</dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}
