import { UpsolveTenantError } from 'react-upsolve-tenant';
import { getCure } from '../../src/core/diagnosis';
import { ERROR_CODES } from '../../src/core/errors';
import { DEFAULT_LABELS, getErrorText } from '../../src/react/guard/labels';

/** Every code, from the code itself. */
export function ErrorTable() {
  return (
    <div className="wide" role="group" aria-label="Error codes" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">What it means, and the cure</th>
            <th scope="col">Asked again by itself</th>
            <th scope="col">What the user reads by default</th>
          </tr>
        </thead>
        <tbody>
          {ERROR_CODES.map((code) => {
            const { retryable } = new UpsolveTenantError(code);
            return (
              <tr key={code}>
                <th scope="row">
                  <code>{code}</code>
                </th>
                <td>{getCure(code)}</td>
                <td>{retryable ? 'yes' : 'no'}</td>
                <td>
                  {getErrorText(DEFAULT_LABELS.errorTitles, code)}. {getErrorText(DEFAULT_LABELS.errors, code)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
